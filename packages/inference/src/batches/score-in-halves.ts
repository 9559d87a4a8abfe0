import type { Batch } from '../batch.ts'
import { InputError } from '../input-error.ts'
import { ModelFailedError } from '../model-failed-error.ts'
import type { Predictions } from '../predictions.ts'
import { shorten } from '../protocols/shorten.ts'

/** Why a batch has no predictions, where that may be due to one of its rows. */
type RowError = InputError | ModelFailedError

/** Gives batches away, and takes the predictions for them, or why there are none. */
export type Steps<T> = Generator<Batch, T, Predictions | RowError>

/** @throws the error, where it is not about a row */
export const requireRowError = (error: unknown): RowError => {
  if (error instanceof InputError) return error
  if (error instanceof ModelFailedError && error.row !== undefined) return error
  throw error
}

/** Rows that follow one another: what the model answered to them, or, for one row alone, why it has no answer. */
export type ScoredRows =
  | { readonly type: 'scored'; readonly nRows: number; readonly predictions: Predictions }
  | { readonly type: 'refused'; readonly nRows: 1; readonly problem: string }

/** A row's error is not longer than this, and the name of a feature. */
const longestProblem = 100

/**
 * Scores a batch. Where the model refuses it or has no finite answer, each half is scored alone, and so on: such a row does not keep
 * the others from being scored. Each row is then computed once for each halving at most.
 */
export function* scoreInHalves(batch: Batch): Steps<readonly ScoredRows[]> {
  const { nRows } = batch
  const answer = yield batch
  if (!(answer instanceof Error)) return [{ type: 'scored', nRows, predictions: answer }]
  if (nRows === 1) return [{ type: 'refused', nRows, problem: problemOf(answer) }]
  const middle = Math.floor(nRows / 2)
  return [
    ...(yield* scoreInHalves(rowsOf(batch, 0, middle))),
    ...(yield* scoreInHalves(rowsOf(batch, middle, nRows))),
  ]
}

const problemOf = (error: RowError) => {
  if (error instanceof ModelFailedError) return 'the model has no finite answer to this row'
  const message = shorten(error.message, longestProblem)
  return error.field === undefined ? message : `${shorten(error.field)} ${message}`
}

const rowsOf = ({ nRows, numbers, texts }: Batch, first: number, last: number): Batch => {
  const width = numbers.length / nRows
  return {
    nRows: last - first,
    numbers: numbers.slice(first * width, last * width),
    texts: texts.map((column) => column.slice(first, last)),
  }
}
