import { Matrix } from '../matrix.ts'
import type { LogLossProblem } from './log-loss-problem.ts'

/**
 * Row i as it is fitted: its scaled columns, then a 1 for the intercept if there is one.
 *
 * @param rows filled in from `at` on
 */
export const scaleRow = (
  problem: LogLossProblem,
  i: number,
  rows: Float64Array,
  at: number,
): void => {
  const { X } = problem
  const { shift, factor } = problem.scales
  const { nColumns } = X
  if (X instanceof Matrix) {
    const start = i * nColumns
    for (let j = 0; j < nColumns; j++) rows[at + j] = (X.data[start + j] - shift[j]) * factor[j]
  } else {
    rows.fill(0, at, at + nColumns)
    X.writeRow(i, rows, at)
    for (let j = 0; j < nColumns; j++) rows[at + j] = (rows[at + j] - shift[j]) * factor[j]
  }
  if (problem.hasIntercept) rows[at + nColumns] = 1
}
