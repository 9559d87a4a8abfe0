import { type Database, listNewestPredictions, type PredictionRow } from '@dsapi/db'
import { isRecord, type Label } from '@dsapi/inference'

/** What was asked of a model, and which class it answered. */
export type LoggedInput = {
  /** Milliseconds since 1970 (UTC). */
  readonly at: number
  /** The model's version. */
  readonly version: number
  /** In the order of that model's features. */
  readonly features: readonly number[]
  readonly class: Label
}

type ReadOptions = {
  /** Of this model only. */
  readonly modelName?: string
  /** Milliseconds since 1970 (UTC). */
  readonly since: number
  /** How many at most. */
  readonly limit: number
}

const rowsAtOnce = 2000

/**
 * Reads the log of predictions, the newest first, a page at a time: so it takes little memory, and nobody who
 * writes waits for it.
 *
 * @throws Error when a row is not as it was written
 */
export async function* readLoggedInputs(
  db: Database,
  { modelName, since, limit }: ReadOptions,
): AsyncGenerator<LoggedInput> {
  let before: PredictionRow | undefined
  for (let left = limit; left > 0; left -= rowsAtOnce) {
    const rows = await listNewestPredictions(db, {
      ...{ modelName, since },
      before,
      limit: Math.min(left, rowsAtOnce),
    })
    for (const row of rows) yield toInput(row)
    before = rows.at(-1)
    if (rows.length < rowsAtOnce) return
  }
}

const toInput = ({ id, at, model, features, answer }: PredictionRow): LoggedInput => {
  const row: unknown = JSON.parse(features)
  const label = labelOf(JSON.parse(answer))
  if (!isNumbers(row) || label === undefined) {
    throw new Error(`The logged prediction ${id} is not as dsapi writes them: its row was changed`)
  }
  return { at, version: Number.parseInt(model, 10), features: row, class: label }
}

const isNumbers = (value: unknown): value is number[] =>
  Array.isArray(value) && value.every((cell) => typeof cell === 'number')

const labelOf = (answer: unknown): Label | undefined => {
  const label = isRecord(answer) ? answer.class : undefined
  return typeof label === 'number' || typeof label === 'string' ? label : undefined
}
