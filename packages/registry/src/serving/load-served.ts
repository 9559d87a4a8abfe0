import { type Database, findModel } from '@dsapi/db'
import type { StoredModelError } from '../errors.ts'
import type { ModelHost } from '../loading/model-host.ts'
import type { StoredModel } from '../loading/stored-model.ts'
import { chooseVersions } from './choose-versions.ts'
import { createLoadedModels } from './loaded-models.ts'

/** What a process that starts now would answer with, and the versions that it could not load. */
export type LoadedServed = {
  readonly stored: StoredModel
  readonly failures: readonly StoredModelError[]
}

/**
 * Loads the version of a model that is served, or that stands in for it.
 *
 * @returns undefined when there is no such model
 * @throws StoredModelError of the served version, when none can be loaded
 */
export const loadServed = async (
  db: Database,
  host: ModelHost,
  name: string,
): Promise<LoadedServed | undefined> => {
  const row = await findModel(db, name)
  if (row === undefined) return undefined
  const loaded = createLoadedModels(db, host)
  const { answers, failures } = await chooseVersions(db, loaded, row, undefined)
  if (answers === undefined) throw failures[0]
  return { stored: answers.served, failures }
}
