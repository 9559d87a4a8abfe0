import { ModelError } from '../errors.ts'
import { checkArrayLike } from '../validation/check-numbers.ts'
import { show } from '../validation/show.ts'
/** Which rows to train on and which to test on, by index. */
export interface Split {
  readonly train: Uint32Array
  readonly test: Uint32Array
}

/** The indices of the rows of each class, in ascending order. */
export function rowsByClass(codes: Uint32Array, nClasses: number): number[][] {
  const rows = Array.from({ length: nClasses }, (): number[] => [])
  for (const [row, code] of codes.entries()) rows[code].push(row)
  return rows
}

/**
 * Makes sure that the numbers of rows are such.
 *
 * @throws {ModelError} `invalid_data`, naming the first that is none
 */
export function checkIndices(indices: ArrayLike<number>, name: string, nRows: number): void {
  checkArrayLike(indices, name)
  for (let i = 0; i < indices.length; i++) {
    const row = indices[i]
    if (Number.isInteger(row) && row >= 0 && row < nRows) continue
    throw new ModelError(
      'invalid_data',
      `${name}[${i}] is ${show(row)}; expected the number of a row, from 0 to ${nRows - 1}`,
    )
  }
}
