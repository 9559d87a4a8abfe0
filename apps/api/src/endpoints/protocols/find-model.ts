import { mayUseModel, type StoredKey } from '@dsapi/auth'
import type { ListedModel, ModelState, NamedModel } from '@dsapi/inference'
import { defaultModel, type StoredModel } from '@dsapi/registry'
import type { AppDeps } from '../../app-deps.ts'
import { ApiError } from '../../http/errors.ts'
import type { AskedVersions } from '../../models/answer-requests.ts'
import { unknownVersion } from '../../models/model-access.ts'

/** The model in a path: without a name it is the default one, without a version the one that is served. */
export type ModelInPath = { readonly model?: string; readonly version?: string }

type Models = Pick<AppDeps['models'], 'access' | 'states'>
type Holder = Pick<StoredKey, 'models'>

/** Probes bring no key. They may ask about any model whose name they know. */
export const anyModel: Holder = { models: null }

const longestName = 64

const quote = (name: string) => JSON.stringify(name.slice(0, longestName))

/**
 * What a request for a model is answered that does not exist.
 *
 * @param names those of the models that the client may use; undefined where it may not know them
 */
export const noModel = (model: string, names: readonly string[] | undefined): ApiError => {
  const others = names && `. There is ${names.map(quote).join(', ') || 'none'}`
  return new ApiError('not_found', `There is no model ${quote(model)}${others ?? ''}`)
}

const namesFor = ({ states }: Models, key: Holder) =>
  states()
    .map(({ name }) => name)
    .filter((name) => mayUseModel(key, name))

const versionForm = /^[1-9]\d{0,8}$/

const numberOf = (version: string) => {
  if (versionForm.test(version)) return Number(version)
  throw unknownVersion()
}

/** @throws ApiError `not_found` that names the models that there are; `unavailable` */
const findServed = async (models: Models, key: Holder, name: string) => {
  const names = namesFor(models, key)
  if (names.includes(name)) return models.access.find(key, name)
  throw noModel(name, key === anyModel ? undefined : names)
}

/** The versions that answer a request. @throws ApiError `not_found`; `unavailable` */
export const findVersions = async (
  models: Models,
  key: Holder,
  { model = defaultModel, version }: ModelInPath,
): Promise<AskedVersions> => {
  const versions = await findServed(models, key, model)
  if (version === undefined) return { type: 'served', versions }
  const number = numberOf(version)
  if (versions.served.version === number) return { type: 'exactly', stored: versions.served }
  return { type: 'exactly', stored: await models.access.load(key, model, number) }
}

/**
 * One version of a model, if it takes part in requests now. No other is loaded for a client without a key.
 *
 * @throws ApiError `not_found`; `unavailable`
 */
export const findLoaded = async (
  models: Models,
  { model = defaultModel, version }: ModelInPath,
): Promise<StoredModel> => {
  const { served, canary, shadow } = await findServed(models, anyModel, model)
  if (version === undefined) return served
  const found = [served, canary?.model, shadow].find((one) => String(one?.version) === version)
  if (found) return found
  throw unknownVersion()
}

/** A model as protocols name it. */
export const namedModel = ({ name, version, model }: StoredModel): NamedModel => ({
  name,
  version: String(version),
  info: model.info,
})

/** The same with its state. */
export const modelState = (stored: StoredModel, versions: readonly string[]): ModelState => ({
  ...namedModel(stored),
  ready: stored.model.state?.().isReady ?? true,
  versions,
})

/** The models that a key may use. */
export const listedModels = (models: Models, key: Holder): readonly ListedModel[] =>
  models
    .states()
    .filter(({ name }) => mayUseModel(key, name))
    .map(({ name, tag, isReady }) => ({
      name,
      version: tag?.split('-')[0],
      ready: isReady,
    }))
