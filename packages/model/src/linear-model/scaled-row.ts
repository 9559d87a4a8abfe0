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
  const { data, nColumns } = problem.X
  const { shift, factor } = problem.scales
  const start = i * nColumns
  for (let j = 0; j < nColumns; j++) rows[at + j] = (data[start + j] - shift[j]) * factor[j]
  if (problem.hasIntercept) rows[at + nColumns] = 1
}
