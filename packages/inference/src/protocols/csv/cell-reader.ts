import { parseDecimal } from '@dsapi/model'
import { problemOf } from '../row-problem.ts'
import { shorten } from '../shorten.ts'
import { placesOf } from './csv-columns.ts'

/** Writes the numbers of a row from a place on, or says in one short text why there are none. */
export type ReadCells = (
  cells: readonly string[],
  numbers: Float64Array,
  at: number,
) => string | undefined

/**
 * Makes what reads the cells of one row.
 *
 * @throws BatchFormatError when the batch lacks a column that the model needs
 */
export const createCellReader = (
  featureNames: readonly string[],
  columns: readonly string[],
): ReadCells => {
  const places = placesOf(columns, featureNames)
  return (cells, numbers, at) => {
    if (cells.length !== columns.length) {
      return `has ${cells.length} of ${columns.length} cells`
    }
    let first = ''
    let wrong = 0
    for (let i = 0; i < places.length; i++) {
      const value = parseDecimal(cells[places[i]].trim())
      if (value !== undefined) numbers[at + i] = value
      else if (wrong++ === 0) first = `${shorten(featureNames[i])} is not a finite decimal number`
    }
    return wrong === 0 ? undefined : problemOf(first, wrong)
  }
}
