import type { Feature } from '../../model-info.ts'
import type { Row } from '../../row.ts'
import { expectedValue, readCell } from '../read-value.ts'
import { problemOf } from '../row-problem.ts'
import { shorten } from '../shorten.ts'
import { placesOf } from './csv-columns.ts'

/** Reads the cells of a row, or says in one short text why there is none. Each row is the same array with other values. */
type ReadCells = (cells: readonly string[]) => Row | string

/**
 * Makes what reads the cells of one row.
 *
 * @throws BatchFormatError when the batch lacks a column that the model needs
 */
export const createCellReader = (
  features: readonly Feature[],
  columns: readonly string[],
): ReadCells => {
  const places = placesOf(
    columns,
    features.map(({ name }) => name),
  )
  // Numbers from the start: an array that once held null has each of its numbers in memory of its own.
  const row: Row[number][] = features.map(() => Number.NaN)
  return (cells) => {
    if (cells.length !== columns.length) {
      return `has ${cells.length} of ${columns.length} cells`
    }
    let first = ''
    let wrong = 0
    for (let j = 0; j < places.length; j++) {
      const cell = readCell(features[j], cells[places[j]])
      if (cell !== undefined) row[j] = cell
      else if (wrong++ === 0) first = problemWith(features[j], cells[places[j]])
    }
    return wrong === 0 ? row : problemOf(first, wrong)
  }
}

const problemWith = (feature: Feature, cell: string) => {
  const name = shorten(feature.name)
  return cell.trim() === '' ? `${name} is missing` : `${name} is not ${expectedValue(feature)}`
}
