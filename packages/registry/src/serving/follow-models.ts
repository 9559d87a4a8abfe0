import { setTimeout } from 'node:timers/promises'
import {
  type Database,
  every,
  findLastModelAuditId,
  listModels,
  type ModelRow,
  type OnError,
} from '@dsapi/db'
import { NoModelError } from '../errors.ts'
import type { ModelHost } from '../loading/model-host.ts'
import type { StoredModel } from '../loading/stored-model.ts'
import { defaultModel } from '../model-name.ts'
import { type FollowedModel, followModel } from './followed-model.ts'
import { createGate, type Pass } from './gate.ts'
import { createLoadedModels } from './loaded-models.ts'
import type { ServedModel, ServedModels } from './served-models.ts'

type FollowOptions = {
  readonly host: ModelHost
  /** How often to look for changes. */
  readonly everyMs: number
  /** A model is answered by another version from now on. */
  readonly onChange: (model: StoredModel) => void
  /** A look that failed, or a version that cannot be served, once each. What answers goes on. */
  readonly onError: OnError
  /** After how long a version that could not be loaded is tried again: what it lacks may be there by then. */
  readonly retryMs?: number
}

const usualRetryMs = 300_000
const tidyEveryMs = 600_000
/** How many models are loaded at a time at the start, besides `default`: each may start processes. */
const loadedAtOnce = 2

/**
 * Loads all models and goes on looking for changes, which are taken up without a restart. `default` is loaded first,
 * then the others, while requests are answered already.
 *
 * @throws NoModelError when there is none; StoredModelError when there is one alone, and no version of it can be served
 */
export const followModels = async (db: Database, options: FollowOptions): Promise<ServedModels> => {
  const { host, everyMs, onError } = options
  const loaded = createLoadedModels(db, host)
  const models = new Map<string, FollowedModel>()
  const life = { isStarted: false, isStopped: false }
  const follow = createFollow(db, models, loaded, { ...options, life })
  const report = reportOnce((error) => life.isStopped || onError(error))
  /** Loads in the background. What goes wrong is reported. */
  const take = async (model: FollowedModel, row: ModelRow, pass?: Pass) => {
    await model.take(row, pass).catch(onError)
    report(model)
  }

  let lastChange = await findLastModelAuditId(db)
  try {
    await loadFirst(await listModels(db), follow, take)
  } catch (error) {
    await loaded.closeAll()
    throw error
  }
  for (const model of models.values()) report(model)
  life.isStarted = true

  const look = async () => {
    const change = await findLastModelAuditId(db)
    if (change === lastChange && ![...models.values()].some(({ isStale }) => isStale())) return
    const rows = await listModels(db)
    lastChange = change
    for (const row of rows) {
      const model = models.get(row.name) ?? follow(row.name)
      if (model.isBehind(row)) void take(model, row)
    }
    await loaded.dropRemoved()
  }
  const loop = every(everyMs, look, onError)
  const tidying = every(tidyEveryMs, () => host.cache.tidy(loaded.files(), Date.now()), onError)
  const find = (name: string) => models.get(name)?.answers()
  return {
    names: () => [...models.keys()].toSorted(),
    find,
    wait: async (name) => {
      await models
        .get(name)
        ?.loading()
        .catch(() => {})
      return find(name)
    },
    takeUp: async (name) => {
      const taken = look()
        .then(() => models.get(name)?.loading())
        .catch(onError)
      await Promise.race([taken, setTimeout(2 * everyMs, undefined, { ref: false })])
    },
    problems: () => [...models.values()].flatMap(({ problems }) => problems()),
    load: loaded.get,
    stop: async () => {
      life.isStopped = true
      // An unreachable database is not waited for: the look that it holds up changes nothing any more.
      void loop.stop()
      void tidying.stop()
      await loaded.closeAll()
    },
  }
}

type Loaded = ReturnType<typeof createLoadedModels>
type Life = { readonly isStarted: boolean; readonly isStopped: boolean }

/** Makes what begins to follow a model, and keeps what it answers with. */
const createFollow = (
  db: Database,
  models: Map<string, FollowedModel>,
  loaded: Loaded,
  { onChange, retryMs = usualRetryMs, life }: FollowOptions & { readonly life: Life },
) => {
  const onAnswers = ({ served }: ServedModel, before: ServedModel | undefined) => {
    loaded.keep(new Set([...models.values()].flatMap(({ answers }) => idsOf(answers()))))
    if (life.isStarted && before?.served.id !== served.id) onChange(served)
  }
  return (name: string): FollowedModel => {
    const model = followModel(name, { db, loaded, retryMs, onAnswers })
    models.set(name, model)
    return model
  }
}

/** Loads `default`, or the first model, and begins to load the others. */
const loadFirst = async (
  rows: readonly ModelRow[],
  follow: (name: string) => FollowedModel,
  take: (model: FollowedModel, row: ModelRow, pass: Pass) => Promise<void>,
) => {
  const first = rows.find(({ name }) => name === defaultModel) ?? rows[0]
  if (first === undefined) throw new NoModelError()
  const model = follow(first.name)
  await model.take(first)
  if (model.answers() === undefined && rows.length === 1) throw model.failures()[0]
  const pass = createGate(loadedAtOnce)
  for (const row of rows) {
    if (row === first) continue
    const other = follow(row.name)
    void take(other, row, pass)
  }
}

/** Reports each version that cannot be served, once for each reason. */
const reportOnce = (onError: OnError) => {
  const reported = new Set<string>()
  return ({ failures }: FollowedModel) => {
    for (const failure of failures()) {
      if (reported.has(failure.message)) continue
      reported.add(failure.message)
      onError(failure)
    }
  }
}

const idsOf = (answers: ServedModel | undefined): readonly string[] =>
  answers === undefined
    ? []
    : [answers.served, answers.canary?.model, answers.shadow].flatMap((model) =>
        model === undefined ? [] : [model.id],
      )
