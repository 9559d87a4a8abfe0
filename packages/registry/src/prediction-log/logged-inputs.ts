import { type Database, listNewestPredictions, type PredictionRow } from '@dsapi/db'
import { type Cell, isPrediction, type Prediction, type Row } from '@dsapi/inference'

/** What was asked of a model, and what it answered. */
export type LoggedInput = {
  /** Milliseconds since 1970 (UTC). */
  readonly at: number
  /** The model's version. */
  readonly version: number
  /** In the order of that model's features. */
  readonly features: Row
  readonly answer: Prediction
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
  const answered: unknown = JSON.parse(answer)
  if (!isRow(row) || !isPrediction(answered)) {
    throw new Error(`The logged prediction ${id} is not as dsapi writes them: its row was changed`)
  }
  return { at, version: Number.parseInt(model, 10), features: row, answer: answered }
}

const isRow = (value: unknown): value is Row => Array.isArray(value) && value.every(isCell)

const isCell = (value: unknown): value is Cell =>
  value === null || typeof value === 'number' || typeof value === 'string'
