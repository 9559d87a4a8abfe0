import { type JsonObject, readArray } from '../read-json.ts'
import type { StepColumn } from './step-column.ts'

/** The members of a one-hot encoder. */
export function readOneHot(json: JsonObject, columns: readonly StepColumn[]): object {
  const { handleUnknown } = json
  const infrequent = readArray(json.infrequent, 'infrequent', columns.length)
  const dropped = readArray(json.dropped, 'dropped', columns.length)
  const encoded = encodedColumns(json, columns).map((column, j) => ({
    ...column,
    ...{ infrequent: infrequent[j], dropped: dropped[j] },
  }))
  return { handleUnknown, columns: encoded }
}

/** The members of an ordinal encoder. */
export function readOrdinal(json: JsonObject, columns: readonly StepColumn[]): object {
  const { handleUnknown, unknownValue, encodedMissingValue } = json
  const encoded = encodedColumns(json, columns)
  return { handleUnknown, unknownValue, encodedMissingValue, columns: encoded }
}

function encodedColumns(json: JsonObject, columns: readonly StepColumn[]) {
  const categories = readArray(json.categories, 'categories', columns.length)
  return columns.map((column, j) => ({
    ...column,
    categories: readArray(categories[j], `categories[${j}]`),
  }))
}
