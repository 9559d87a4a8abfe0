import type { Database, ModelRow } from '@dsapi/db'
import type { StoredModelError } from '../errors.ts'
import { chooseVersions } from './choose-versions.ts'
import type { Pass } from './gate.ts'
import type { LoadedModels } from './loaded-models.ts'
import type { ModelProblem, ServedModel } from './served-models.ts'

/** A model that a process follows. */
export type FollowedModel = {
  readonly answers: () => ServedModel | undefined
  readonly failures: () => readonly StoredModelError[]
  readonly problems: () => readonly ModelProblem[]
  /** Resolves when what was taken last is loaded. */
  readonly loading: () => Promise<void>
  /** Whether a row is another one than was taken, or has to be tried again. */
  readonly isBehind: (row: ModelRow) => boolean
  /** Whether what was taken has to be tried again. */
  readonly isStale: () => boolean
  /**
   * Loads what a row says, after what was taken before.
   *
   * @param pass has it wait for others
   * @throws an error of the database
   */
  readonly take: (row: ModelRow, pass?: Pass) => Promise<void>
}

type Deps = {
  readonly db: Database
  readonly loaded: LoadedModels
  /** After how long a version that could not be loaded is tried again. */
  readonly retryMs: number
  readonly onAnswers: (answers: ServedModel, before: ServedModel | undefined) => void
}

/** Begins to follow a model. Nothing is loaded before a row is taken. */
export const followModel = (
  name: string,
  { db, loaded, retryMs, onAnswers }: Deps,
): FollowedModel => {
  let row: ModelRow | undefined
  let answers: ServedModel | undefined
  let failures: readonly StoredModelError[] = []
  let loading = Promise.resolve()
  /** When it is tried again, on the clock of `performance`. */
  let retryAt = Number.POSITIVE_INFINITY

  const load = async (wanted: ModelRow) => {
    try {
      const before = answers
      const chosen = await chooseVersions(db, loaded, wanted, before)
      answers = chosen.answers
      failures = chosen.failures
      retryAt = failures.length > 0 ? performance.now() + retryMs : Number.POSITIVE_INFINITY
      if (answers !== undefined) onAnswers(answers, before)
    } catch (error) {
      retryAt = 0 // The database could not be asked: the next look tries again.
      throw error
    }
  }
  const isStale = () => performance.now() >= retryAt

  return {
    answers: () => answers,
    failures: () => failures,
    problems: () =>
      failures.map(({ version, message }) => ({
        ...{ name, version, message },
        servedInstead: version === row?.served ? answers?.served.version : undefined,
      })),
    loading: () => loading,
    isBehind: (other) => isStale() || JSON.stringify(other) !== JSON.stringify(row),
    isStale,
    take: (wanted, pass = (task) => task()) => {
      row = wanted
      retryAt = Number.POSITIVE_INFINITY
      loading = loading.catch(() => {}).then(() => pass(() => load(wanted)))
      return loading
    },
  }
}
