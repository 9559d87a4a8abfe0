import {
  type Database,
  DatabaseUnreachableError,
  isUnwritable,
  listModelVersions,
  type ModelRow,
} from '@dsapi/db'
import { StoredModelError } from '../errors.ts'
import type { StoredModel } from '../loading/stored-model.ts'
import { historyOf } from '../versions/change-models.ts'
import type { LoadedModels } from './loaded-models.ts'
import type { ServedModel } from './served-models.ts'

/** What answers for a model, and the versions that should and cannot. */
export type Chosen = {
  readonly answers: ServedModel | undefined
  readonly failures: readonly StoredModelError[]
}

/**
 * Loads what a model's row says. Where the served version cannot be loaded, the one before it goes on: the one in use, or,
 * at the start, the newest of those that were served before, and then of those with lower numbers.
 *
 * @param inUse what has answered so far
 * @throws an error of the database
 */
export const chooseVersions = async (
  db: Database,
  loaded: LoadedModels,
  row: ModelRow,
  inUse: ServedModel | undefined,
): Promise<Chosen> => {
  const failures: StoredModelError[] = []
  const attempt = async (version: number | null): Promise<StoredModel | undefined> => {
    if (version === null) return undefined
    try {
      return await loaded.get(row.name, version)
    } catch (error) {
      if (error instanceof DatabaseUnreachableError || isUnwritable(error)) throw error
      failures.push(
        error instanceof StoredModelError ? error : new StoredModelError(row.name, version, error),
      )
      return undefined
    }
  }
  const served =
    (await attempt(row.served)) ??
    inUse?.served ??
    (await firstOf(await othersOf(db, row), attempt))
  if (served === undefined) return { answers: undefined, failures }
  const canary = await attempt(row.canary)
  const shadow = await attempt(row.shadow)
  const answers = {
    served,
    ...(canary && { canary: { model: canary, share: row.canary_share ?? 0 } }),
    ...(shadow && { shadow }),
  }
  return { answers, failures }
}

const othersOf = async (db: Database, row: ModelRow): Promise<readonly number[]> => {
  const versions = (await listModelVersions(db, row.name)).map(({ version }) => version)
  const history = historyOf(row).filter((version) => versions.includes(version))
  const lower = versions.filter((version) => version < row.served)
  return [...new Set([...history, ...lower])].filter((version) => version !== row.served)
}

const firstOf = async (
  versions: readonly number[],
  attempt: (version: number) => Promise<StoredModel | undefined>,
) => {
  for (const version of versions) {
    const model = await attempt(version)
    if (model !== undefined) return model
  }
  return undefined
}
