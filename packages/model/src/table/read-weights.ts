import { ModelError } from '../errors.ts'
import { quoteText } from '../validation/quote-text.ts'
import type { ReadColumn } from './columns/read-column.ts'

/** @throws {ModelError} `invalid_csv` when a column has anything but numbers of at least 0 */
export function readWeights(name: string, column: ReadColumn | undefined): Float64Array {
  const refuse = (message: string): never => {
    throw new ModelError(
      'invalid_csv',
      `column ${quoteText(name)} ${message}; expected a weight of at least 0 in each row`,
      { column: name },
    )
  }
  if (column?.content.kind !== 'number') return refuse('has texts')
  if (column.nMissing > 0) {
    return refuse(`has ${column.nMissing} missing cells`)
  }
  const { values } = column.content
  const row = values.findIndex((value) => value < 0)
  return row === -1 ? values : refuse(`has ${values[row]} in row ${row + 1}`)
}
