import { ModelError } from '../errors.ts'
import { isTypedArray } from '../validation/check-numbers.ts'
import { show } from '../validation/show.ts'

/**
 * A column of numbers, NaN where a value is missing. A `Float64Array` is taken as it is.
 *
 * @throws {ModelError} `invalid_data`, naming the row, when a value is neither a number nor null, or is infinite
 */
export function numberColumn(values: ArrayLike<number | null>, name: string): Float64Array {
  const column = values instanceof Float64Array ? values : copyNumbers(values, name)
  for (let row = 0; row < column.length; row++) {
    // A difference with itself is 0, or NaN where a number is infinite or missing.
    if (column[row] - column[row] !== 0 && !Number.isNaN(column[row])) {
      refuseNumber(column[row], row, name)
    }
  }
  return column
}

function copyNumbers(values: ArrayLike<number | null>, name: string): Float64Array {
  if (isTypedArray(values)) return Float64Array.from(values)
  const column = new Float64Array(values.length)
  for (let row = 0; row < values.length; row++) {
    const value = values[row]
    if (value !== null && typeof value !== 'number') refuseNumber(value, row, name)
    column[row] = value ?? Number.NaN
  }
  return column
}

function refuseNumber(value: unknown, row: number, name: string): never {
  throw new ModelError(
    'invalid_data',
    `column ${show(name)} is ${show(value)} in row ${row}; expected a finite number, or null where a value is missing`,
    { row, column: name },
  )
}
