import { EncodedMatrix } from '../encoded-matrix.ts'
import type { Column, Frame } from '../frame/frame.ts'
import { TextColumn } from '../frame/text-column.ts'
import { Matrix } from '../matrix.ts'
import type { ColumnMap } from './column-map.ts'
import { checkGivesNumbers, type FittedColumns, inputColumns } from './fitted-columns.ts'
import { mapTexts, rangeMapper, type Writer, writeBlocks, writerOf } from './write-matrix.ts'

/**
 * The result of all maps for a fit, with the columns of encodings as codes.
 *
 * @throws {ModelError} `invalid_data`, naming the row and the column, when a cell is refused, or a result is no finite number
 */
export function writeEncoded(fitted: FittedColumns, X: Frame): EncodedMatrix {
  checkGivesNumbers(fitted)
  const columns = inputColumns(fitted, X)
  const { maps, names, width: nColumns } = fitted
  const nEncoded = maps.filter(({ gives }) => gives === 'one-hot').length
  const nNumbers = maps.length - nEncoded
  const data = new Float64Array(X.nRows * nNumbers)
  const codes = new Int32Array(X.nRows * nEncoded)
  const places = new Int32Array(nNumbers)
  let [at, g, j] = [0, 0, 0]
  const writers = maps.map((map) => {
    const first = at
    const [column, name] = [columns[map.from], names[map.from]]
    at += map.width
    if (map.gives === 'one-hot') {
      const target = { codes, stride: nEncoded, at: g++, first, none: nColumns }
      return encodedWriter(map, column, name, target)
    }
    places[j] = first
    const target = { data, stride: nNumbers, at: j++, isFinite: true }
    return writerOf(map, column, name, target)
  })
  writeBlocks(writers, X.nRows, maps.length)
  return new EncodedMatrix({
    numbers: new Matrix(data, X.nRows, nNumbers),
    ...{ places, codes, nEncoded, nColumns },
  })
}

/** Rows of `stride` codes, of which the one at `at` is written: the column from `first` on that is 1, or `none`. */
interface CodeTarget {
  readonly codes: Int32Array
  readonly stride: number
  readonly at: number
  readonly first: number
  readonly none: number
}

function encodedWriter(map: ColumnMap, column: Column, name: string, target: CodeTarget): Writer {
  const { codes, stride, at, first, none } = target
  const toCode = (k: number) => (k >= 0 ? first + k : none)
  if (column instanceof TextColumn) {
    const results = Int32Array.from(mapTexts(map, column, name), (k) => toCode(Number(k)))
    const own = column.codes
    return (start, end) => {
      for (let row = start; row < end; row++) codes[row * stride + at] = results[own[row] + 1]
    }
  }
  const mapRange = rangeMapper(map, column, name)
  return (start, end) => {
    const values = mapRange(start, end)
    for (let row = start; row < end; row++) codes[row * stride + at] = toCode(values[row - start])
  }
}
