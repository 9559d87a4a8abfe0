import type { Cell } from '../frame/cell.ts'
import { type Column, Frame } from '../frame/frame.ts'
import { TextColumn } from '../frame/text-column.ts'
import { type ColumnMap, toSingleColumns } from './column-map.ts'
import { type FittedColumns, inputColumns } from './fitted-columns.ts'
import { mapTexts, rangeMapper } from './write-matrix.ts'

/**
 * The result of all maps as a table, for a step that is fitted on it and for results that are texts.
 *
 * @param names a name for each column of the result
 * @throws {ModelError} `invalid_data`, naming the row and the column, when a cell is refused
 */
export function writeFrame(fitted: FittedColumns, X: Frame, names: readonly string[]): Frame {
  const columns = inputColumns(fitted, X)
  const single = fitted.maps.flatMap(toSingleColumns)
  return new Frame(
    single.map((map, k) => {
      const name = fitted.names[map.from]
      return [names[k], mapColumn(map, columns[map.from], name)] as const
    }),
  )
}

function mapColumn(map: ColumnMap, column: Column, name: string): Column {
  if (column instanceof TextColumn) {
    const results = mapTexts(map, column, name)
    return map.gives === 'text' ? recode(column.codes, results) : tabulate(column.codes, results)
  }
  return rangeMapper(map, column, name)(0, column.length)
}

function tabulate(codes: Int32Array, results: readonly Cell[]): Float64Array {
  const numbers = Float64Array.from(results, Number)
  return Float64Array.from(codes, (code) => numbers[code + 1])
}

/** Texts that have become the same share a code. */
function recode(codes: Int32Array, results: readonly Cell[]): TextColumn {
  const texts = TextColumn.from(results.map((result) => (result === null ? null : String(result))))
  return new TextColumn(
    codes.map((code) => texts.codes[code + 1]),
    texts.values,
  )
}
