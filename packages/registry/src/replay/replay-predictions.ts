import type { Database } from '@dsapi/db'
import {
  type AnswerChanges,
  answerRows,
  createChangeCounter,
  createComparison,
  type ModelInfo,
  type RowAnswer,
} from '@dsapi/inference'
import type { StoredModel } from '../loading/stored-model.ts'
import { type LoggedInput, readLoggedInputs } from '../prediction-log/logged-inputs.ts'
import { findVersion } from '../versions/model-summary.ts'
import { type ArrangedRow, createArrangement } from './arrange-row.ts'

/** What would have been answered otherwise. */
export type Replay = {
  /** The times of the first and the last prediction that was answered again: milliseconds since 1970 (UTC). */
  readonly from: number
  readonly to: number
  /** The source of a row is the logged prediction's time and version. */
  readonly changes: AnswerChanges<ReplayedInput>
  /** The predictions by versions that were removed: what their features were is not known any more. */
  readonly leftOut: number
}

export type ReplayedInput = Pick<LoggedInput, 'at' | 'version'>

type ReplayOptions = {
  /** Milliseconds since 1970 (UTC). */
  readonly since: number
  /** The most predictions to read, newest first. */
  readonly limit: number
}

/** How many are answered at a time. */
const rowsAtOnce = 1000

/**
 * Has a version answer again what the log of predictions holds of its model, and compares its answers with those that
 * were given. A feature that a logged row does not have is missing in it, as in a request without it.
 *
 * @throws Error where the model cannot be asked
 */
export const replayPredictions = async (
  db: Database,
  stored: StoredModel,
  options: ReplayOptions,
): Promise<Replay> => {
  const loggedBy = createVersionReader(db, stored)
  const counter = createChangeCounter<ReplayedInput>()
  let [from, to, leftOut] = [Number.POSITIVE_INFINITY, 0, 0]
  let waiting: Waiting[] = []

  const answer = async () => {
    const rows = waiting.flatMap(({ arranged }) => (arranged.ok ? [arranged.row] : []))
    const answers = (await answerRows(stored.model, rows)).values()
    for (const { input, arranged, compare } of waiting) {
      const after: RowAnswer = arranged.ok
        ? next(answers)
        : { type: 'refused', problem: arranged.problem }
      const row = arranged.ok ? arranged.row : input.features
      const source = { at: input.at, version: input.version }
      counter.add({ source, row, before: input.answer, after }, compare)
    }
    waiting = []
  }

  for await (const input of readLoggedInputs(db, { ...options, modelName: stored.name })) {
    const by = await loggedBy(input.version)
    if (by === undefined) {
      leftOut++
      continue
    }
    from = Math.min(from, input.at)
    to = Math.max(to, input.at)
    waiting.push({ input, arranged: by.arrange(input.features), compare: by.compare })
    if (waiting.length >= rowsAtOnce) await answer()
  }
  await answer()
  return { from, to, changes: counter.result(), leftOut }
}

type Waiting = {
  readonly input: LoggedInput
  readonly arranged: ArrangedRow
  readonly compare: ReturnType<typeof createComparison>
}

const next = <T>(values: Iterator<T>): T => {
  const { done, value } = values.next()
  if (done) throw new Error('There are fewer answers than rows')
  return value
}

/** Finds out once for each version how its rows are arranged and its answers compared; undefined for one that was removed. */
const createVersionReader = (db: Database, { name, model }: StoredModel) => {
  const found = new Map<number, ReturnType<typeof between> | undefined>()
  return async (version: number) => {
    if (!found.has(version)) {
      const info = (await findVersion(db, { name, version }))?.info
      found.set(version, info && between(info, model.info))
    }
    return found.get(version)
  }
}

const between = (logged: ModelInfo, asked: ModelInfo) => ({
  arrange: createArrangement(logged.featureNames, asked.features),
  compare: createComparison(logged, asked),
})
