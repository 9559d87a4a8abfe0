import { JsonReader } from '../document/json-reader.ts'
import type { Category } from '../features.ts'
import { brokenLine, type Lines, type Piece } from './lines.ts'

/**
 * The categories of the data frame that the model was trained with, one list for each of its categorical columns
 * (LightGBM, python-package/lightgbm/basic.py, _dump_pandas_categorical). `null` where it was no data frame.
 */
export function readPandasCategorical(
  lines: Lines,
  piece: Piece | undefined,
  featureCount: number,
): Category[][] {
  if (piece === undefined) return []
  const reader = new JsonReader(lines.bytes.subarray(piece.start, piece.end), piece.start)
  const columns: Category[][] = []
  if (reader.peek() === 'array') {
    reader.array((index) => {
      if (index === featureCount)
        throw brokenLine(piece, 'pandas_categorical has more lists than the model has features')
      const categories: Category[] = []
      reader.array(() => {
        categories.push(readCategory(reader))
      })
      columns.push(categories)
    })
  } else reader.skip()
  reader.end()
  return columns
}

function readCategory(reader: JsonReader): Category {
  if (reader.peek() === 'text') return reader.text()
  const isLiteral = reader.peek() === 'literal'
  const value = reader.number()
  return isLiteral ? value === 1 : value
}
