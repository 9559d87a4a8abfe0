/** A share in the training data, and in recent predictions. */
export type ShareRow = {
  readonly label: string
  readonly expected: number
  readonly actual: number
}

/** How wide each bar is, in percent: the largest share of a table has the whole width. */
export const barWidths = (rows: readonly ShareRow[]): readonly (readonly [number, number])[] => {
  const largest = Math.max(...rows.flatMap(({ expected, actual }) => [expected, actual]), 1e-9)
  return rows.map(({ expected, actual }) => [(100 * expected) / largest, (100 * actual) / largest])
}
