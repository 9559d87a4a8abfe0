import {
  type Database,
  every,
  findLastModelAuditId,
  listModels,
  type ModelRow,
  type OnError,
} from '@dsapi/db'
import { NoModelError, type StoredModelError } from '../errors.ts'
import type { ModelHost } from '../loading/model-host.ts'
import type { StoredModel } from '../loading/stored-model.ts'
import { defaultModel } from '../model-name.ts'
import { chooseVersions } from './choose-versions.ts'
import { createLoadedModels } from './loaded-models.ts'
import type { ModelProblem, ServedModel, ServedModels } from './served-models.ts'

type FollowOptions = {
  readonly host: ModelHost
  /** How often to look for changes. */
  readonly everyMs: number
  /** A model is answered by another version from now on. */
  readonly onChange: (model: StoredModel) => void
  /** A look that failed, or a version that cannot be served, once each. What answers goes on. */
  readonly onError: OnError
}

/** A model that is followed. */
type Followed = {
  row: ModelRow
  answers: ServedModel | undefined
  failures: readonly StoredModelError[]
  /** Loading what its row says, one row after another. */
  loading: Promise<void>
  isStale: boolean
}

const tidyEveryMs = 600_000

/**
 * Loads all models and goes on looking for changes, which are taken up without a restart. `default` is loaded first,
 * then the others, while requests are answered already.
 *
 * @throws NoModelError when there is none; StoredModelError when there is one alone, and no version of it can be served
 */
export const followModels = async (db: Database, options: FollowOptions): Promise<ServedModels> => {
  const { host, everyMs, onChange, onError } = options
  const loaded = createLoadedModels(db, host)
  const models = new Map<string, Followed>()
  const reported = new Set<string>()
  let lastChange = await findLastModelAuditId(db)
  let isStopped = false

  const keepWanted = () => {
    const wanted = [...models.values()].flatMap(({ answers }) => (answers ? idsOf(answers) : []))
    loaded.keep(new Set(wanted))
  }

  const report = ({ failures }: Followed) => {
    for (const failure of failures) {
      if (reported.has(failure.message)) continue
      reported.add(failure.message)
      onError(failure)
    }
  }

  const load = async (model: Followed, isFirst: boolean) => {
    const { row } = model
    const before = model.answers
    try {
      const { answers, failures } = await chooseVersions(db, loaded, row, before)
      if (isStopped) return
      model.answers = answers
      model.failures = failures
      keepWanted()
      report(model)
      if (!isFirst && answers !== undefined && answers.served.id !== before?.served.id) {
        onChange(answers.served)
      }
    } catch (error) {
      model.isStale = true // The next look tries again.
      throw error
    }
  }

  const take = (row: ModelRow) => {
    const model = models.get(row.name)
    if (model === undefined) {
      const added: Followed = {
        ...{ row, answers: undefined, failures: [], isStale: false },
        loading: Promise.resolve(),
      }
      models.set(row.name, added)
      added.loading = load(added, true)
      return added
    }
    model.row = row
    model.isStale = false
    model.loading = model.loading.catch(() => {}).then(() => load(model, false))
    return model
  }

  const look = async () => {
    const change = await findLastModelAuditId(db)
    const isAnyStale = [...models.values()].some(({ isStale }) => isStale)
    if (change === lastChange && !isAnyStale) return
    const rows = await listModels(db)
    lastChange = change
    for (const row of rows) {
      const model = models.get(row.name)
      if (model !== undefined && !model.isStale && isSame(model.row, row)) continue
      take(row).loading.catch(onError)
    }
    await loaded.dropRemoved()
  }

  const start = async () => {
    const rows = await listModels(db)
    const first = rows.find(({ name }) => name === defaultModel) ?? rows[0]
    if (first === undefined) throw new NoModelError()
    const model = take(first)
    await model.loading
    if (model.answers === undefined && rows.length === 1) throw model.failures[0]
    for (const row of rows) if (row !== first) take(row).loading.catch(onError)
  }
  try {
    await start()
  } catch (error) {
    await loaded.closeAll()
    throw error
  }

  const loop = every(everyMs, look, onError)
  const tidying = every(tidyEveryMs, () => host.cache.tidy(loaded.files(), Date.now()), onError)
  const find = (name: string) => models.get(name)?.answers
  return {
    names: () => [...models.keys()].toSorted(),
    find,
    wait: async (name) => {
      await models.get(name)?.loading.catch(() => {})
      return find(name)
    },
    problems: () => [...models.values()].flatMap(problemsOf),
    load: (name, version) => loaded.get(name, version),
    stop: async () => {
      isStopped = true
      // An unreachable database is not waited for: the look that it holds up changes nothing any more.
      void loop.stop()
      void tidying.stop()
      await loaded.closeAll()
    },
  }
}

const idsOf = ({ served, canary, shadow }: ServedModel) => [
  served.id,
  ...(canary ? [canary.model.id] : []),
  ...(shadow ? [shadow.id] : []),
]

const isSame = (a: ModelRow, b: ModelRow) => JSON.stringify(a) === JSON.stringify(b)

const problemsOf = ({ row, answers, failures }: Followed): readonly ModelProblem[] =>
  failures.map(({ version, message }) => ({
    ...{ name: row.name, version, message },
    servedInstead: version === row.served ? answers?.served.version : undefined,
  }))
