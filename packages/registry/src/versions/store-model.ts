import type { Database } from '@dsapi/db'
import { type ModelOptions, readModel } from '@dsapi/inference'
import { sha256Of } from '../artifacts/hash.ts'
import { defaultModel } from '../model-name.ts'
import { type FitFindings, insertVersion } from './insert-version.ts'

type StoreOptions = FitFindings & {
  readonly actor?: string
  readonly name?: string
  readonly options?: ModelOptions
}

/**
 * Stores a fitted model as the newest version of `default`, serves it, and returns the version. Nothing is stored that
 * could not be read again: it would take the place of a model that can.
 *
 * @param model writes itself as the text of its file, by `JSON.stringify`
 * @param options.options what the file cannot say, such as which of its numbers are true or false
 * @param options.evaluation how well it predicts, and `training`, the shares of its data: stored with it
 * @throws Error when the reader refuses what was written
 */
export const storeModel = async (
  db: Database,
  model: { readonly toJSON: () => unknown },
  now: number,
  { actor = '', name = defaultModel, options = {}, ...findings }: StoreOptions = {},
): Promise<number> => {
  const bytes = new TextEncoder().encode(JSON.stringify(model))
  const { info } = await readModel(bytes, options)
  const artifact = { type: 'bytes', bytes } as const
  const file = { artifact, sha256: sha256Of(bytes), size: bytes.length }
  const added = { name, file, samples: undefined, options, info, serve: true, actor, now }
  return (await insertVersion(db, { ...added, ...findings })).version
}
