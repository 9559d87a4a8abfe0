import type { Batch } from '../../batch.ts'
import type { Feature } from '../../model-info.ts'
import { Stopped } from '../json/json-problem.ts'
import type { Span } from '../json/json-span.ts'
import { readJsonRows } from '../json/read-json-rows.ts'
import { isObjectAt, parseSmall, readMembers } from '../json/read-members.ts'
import { inColumns, inOrder, type RowLayout } from '../json/row-layout.ts'
import { Wrong } from '../json/wrong.ts'
import { shorten } from '../shorten.ts'

const field = 'dataframe_split'
const large = new Set(['columns', 'index', 'data'])

/**
 * Reads a table as pandas writes it with `to_dict(orient="split")`: `columns`, `index` and `data`. Without names the columns
 * are in the order of the features.
 *
 * @throws what `jsonProblem` knows
 */
export const readSplit = (json: Uint8Array, span: Span, features: readonly Feature[]): Batch => {
  if (!isObjectAt(json, span)) throw new Stopped(new Wrong(field, 'must be an object'))
  const { spans, values } = readMembers(json, span, `${field}.`, large)
  const [unknown] = values.keys()
  if (unknown !== undefined) {
    const message = 'is not a member of it: they are "data", "columns" and "index"'
    throw new Stopped(new Wrong(`${field}.${shorten(unknown)}`, message))
  }
  const data = spans.get('data')
  if (data === undefined) throw new Stopped(new Wrong(`${field}.data`, 'is missing'))
  const columns = spans.get('columns')
  const layout = columns
    ? layoutOf(parseSmall(json, `${field}.columns`, columns), features)
    : byPlace(features)
  if (layout instanceof Wrong) throw new Stopped(layout)
  return readJsonRows(json, data, features, layout)
}

const byPlace = (features: readonly Feature[]) => inOrder(features, `${field}.data`, 'ignored')

const layoutOf = (columns: unknown, features: readonly Feature[]): RowLayout | Wrong => {
  if (!Array.isArray(columns) || !columns.every(isName)) {
    return new Wrong(`${field}.columns`, 'must be an array of names')
  }
  const names = columns.map(String)
  if (areNumbers(names) && !features.some(({ name }) => names.includes(name))) {
    return byPlace(features)
  }
  const layout = inColumns(features, `${field}.columns`, names)
  return layout instanceof Wrong ? layout : { ...layout, field: `${field}.data` }
}

const isName = (column: unknown) => typeof column === 'string' || typeof column === 'number'

/** pandas names columns without names by their numbers. */
const areNumbers = (names: readonly string[]) => names.every((name, k) => name === String(k))
