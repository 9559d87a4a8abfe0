import { mayUseModel, type StoredKey } from '@dsapi/auth'
import {
  defaultModel,
  isModelName,
  ModelGoneError,
  type ServedModel,
  type ServedModels,
  type StoredModel,
  StoredModelError,
} from '@dsapi/registry'
import { ApiError } from '../http/errors.ts'

/** What of a key decides which models it may use. */
type Holder = Pick<StoredKey, 'models'>

/**
 * Finds models for keys. This is the one place that decides which models a key may use: one that it may not use is answered
 * exactly as one that does not exist.
 */
export type ModelAccess = {
  /** What answers for a model, if that is known at once. */
  readonly findNow: (key: Holder, name: string) => ServedModel | undefined
  /** What answers for a model. @throws ApiError `not_found`; `unavailable` while no version can be served */
  readonly find: (key: Holder, name: string) => Promise<ServedModel>
  /** One version of a model. @throws ApiError `not_found`; `unavailable` when it cannot be served */
  readonly load: (key: Holder, name: string, version: number) => Promise<StoredModel>
}

/** @throws ApiError `not_found` for a model that a key may not use, and for what is no name of a model */
export const requireUsable = (key: Holder, name: string): void => {
  if (!isModelName(name) || !mayUseModel(key, name)) throw unknownModel(name)
}

/** What a model is answered that does not exist, or that the key may not use. */
export const unknownModel = (name: string): ApiError =>
  new ApiError(
    'not_found',
    name === defaultModel
      ? 'There is no model named default, to which this path belongs. Use a path below /models/{name}'
      : 'There is no model with this name',
  )

export const unknownVersion = (): ApiError =>
  new ApiError('not_found', 'The model has no version with this number')

const notServed = (what: string) =>
  new ApiError('unavailable', `${what} cannot be served now. GET /readyz has the reason`, {
    headers: { 'retry-after': '5' },
  })

type Served = Pick<ServedModels, 'find' | 'wait' | 'names' | 'load'>

export const createModelAccess = (
  served: Served,
  onError: (error: unknown) => void,
): ModelAccess => ({
  findNow: (key, name) => (mayUseModel(key, name) ? served.find(name) : undefined),
  find: async (key, name) => {
    requireUsable(key, name)
    const model = served.find(name) ?? (await served.wait(name))
    if (model !== undefined) return model
    throw served.names().includes(name)
      ? notServed(`No version of the model ${name}`)
      : unknownModel(name)
  },
  load: async (key, name, version) => {
    requireUsable(key, name)
    return served.load(name, version).catch((error: unknown) => {
      if (error instanceof ModelGoneError) {
        throw served.names().includes(name) ? unknownVersion() : unknownModel(name)
      }
      if (!(error instanceof StoredModelError)) throw error
      onError(error)
      throw notServed(`Version ${version} of the model ${name}`)
    })
  },
})
