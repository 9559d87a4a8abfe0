import type { Batch } from '../../batch.ts'

type Numbers = Batch['numbers']

/** Makes rows of columns; NaN stands in one that is missing. Single precision is kept where all have it. */
export const interleave = (columns: readonly (Numbers | undefined)[], nRows: number): Numbers => {
  const width = columns.length
  const isSingle = width > 0 && columns.every((column) => !(column instanceof Float64Array))
  const numbers = isSingle ? new Float32Array(nRows * width) : new Float64Array(nRows * width)
  for (const [k, column] of columns.entries()) {
    for (let row = 0, at = k; row < nRows; row++, at += width) {
      numbers[at] = column === undefined ? Number.NaN : column[row]
    }
  }
  return numbers
}
