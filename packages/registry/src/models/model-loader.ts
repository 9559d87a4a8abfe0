import type { Database } from '@dsapi/db'
import { loadModel, type StoredModel } from './stored-model.ts'

/** A job was accepted for a model that is not in the database any more. */
export class ModelGoneError extends Error {
  override readonly name = 'ModelGoneError'

  constructor(tag: string) {
    super(
      `Model version ${tag}, for which this was accepted, is not in the database any more. Submit it again for the model that is served now`,
    )
  }
}

/** How many models are kept besides the one that is served: jobs wait for few of them at a time. */
const mostKept = 4

const versionOf = (tag: string): number | undefined => {
  const version = Number(/^(\d{1,15})-[0-9a-f]{8}$/.exec(tag)?.[1] ?? Number.NaN)
  return Number.isSafeInteger(version) ? version : undefined
}

/**
 * Loads the model with a tag.
 *
 * @returns undefined when there is none
 * @throws Error when its row is damaged
 */
export const loadModelByTag = async (
  db: Database,
  tag: string,
): Promise<StoredModel | undefined> => {
  const version = versionOf(tag)
  const model = version === undefined ? undefined : await loadModel(db, version)
  return model?.tag === tag ? model : undefined
}

/**
 * Makes the function that finds a model by its tag, and keeps the few that were asked for last. The tag has a part of
 * the hash, so a version that was deleted and whose number was given again is another model.
 *
 * @param current the model that is served, which nobody has to load
 * @throws ModelGoneError when there is no such model; Error when its row is damaged
 */
export const createModelLoader = (
  db: Database,
  current: () => StoredModel,
): ((tag: string) => Promise<StoredModel>) => {
  const kept = new Map<string, Promise<StoredModel>>()

  const load = async (tag: string) => {
    const model = await loadModelByTag(db, tag)
    if (model === undefined) throw new ModelGoneError(tag)
    return model
  }

  return (tag) => {
    const served = current()
    if (served.tag === tag) return Promise.resolve(served)
    const loading = kept.get(tag) ?? load(tag)
    kept.delete(tag)
    kept.set(tag, loading) // The last that was asked for stands last.
    loading.catch(() => kept.delete(tag))
    for (const oldest of kept.keys()) {
      if (kept.size <= mostKept) break
      kept.delete(oldest)
    }
    return loading
  }
}
