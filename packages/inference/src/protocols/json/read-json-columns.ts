import type { Batch } from '../../batch.ts'
import type { Feature } from '../../model-info.ts'
import type { UnknownMembers } from '../rows-protocol.ts'
import { shorten } from '../shorten.ts'
import { namesOf } from './feature-names.ts'
import { interleave } from './interleave.ts'
import { readJsonCell } from './json-cell.ts'
import { inPieces } from './json-pieces.ts'
import { Stopped } from './json-problem.ts'
import { single, wrongCell } from './json-row.ts'
import type { Span } from './json-span.ts'
import { mostCells } from './most-cells.ts'
import { isArrayAt, readMembers } from './read-members.ts'
import { Wrong, WrongColumns } from './wrong.ts'

type Column =
  | { readonly type: 'numbers'; readonly values: Float64Array<ArrayBuffer> }
  | { readonly type: 'texts'; readonly values: readonly (string | null)[] }

type ColumnsOptions = {
  /** What the object is called in errors, such as `inputs`. */
  readonly field: string
  /** What is done about columns that are no features. */
  readonly unknownMembers: UnknownMembers
}

/**
 * Reads rows from an object of columns by the names of the features. Each is an array of the shape [N] or [N, 1].
 *
 * @throws what `jsonProblem` knows
 */
export const readJsonColumns = (
  json: Uint8Array,
  span: Span,
  features: readonly Feature[],
  { field, unknownMembers }: ColumnsOptions,
): Batch => {
  const stop = (wrong: Wrong) => {
    throw new Stopped(wrong)
  }
  const known = new Set(features.map(({ name }) => name))
  const { spans, values } = readMembers(json, span, `${field}.`, known)
  const [unknown] = values.keys()
  if (unknown !== undefined && unknownMembers === 'refused') {
    stop(new WrongColumns(`${field}.${shorten(unknown)}`, 'is not a feature of the model'))
  }
  const lacking = features.filter(({ name, nullable }) => !nullable && !spans.has(name))
  if (lacking.length > 0) stop(new WrongColumns(field, `lacks ${namesOf(lacking)}`))
  if (spans.size === 0) stop(new WrongColumns(field, `must have columns: ${namesOf(features)}`))

  let nRows: number | undefined
  const columns = features.map((feature) => {
    const place = spans.get(feature.name)
    if (place === undefined) return undefined
    const at = `${field}.${shorten(feature.name)}`
    const column = readColumn(json, place, feature, at)
    nRows ??= column.values.length
    if (column.values.length !== nRows) {
      const message = `has ${column.values.length} values, and the column before it ${nRows}`
      stop(new Wrong(at, message))
    }
    return column
  })
  const rows = nRows ?? 0
  if (rows * features.length > mostCells(span.end - span.start)) {
    stop(new Wrong(field, 'has too many rows that lack most of the features'))
  }
  const numbers = columns.filter((_, k) => features[k].type !== 'text')
  const texts = columns.filter((_, k) => features[k].type === 'text')
  return {
    nRows: rows,
    numbers: interleave(
      numbers.map((column) => (column?.type === 'numbers' ? column.values : undefined)),
      rows,
    ),
    texts: texts.map((column) =>
      column?.type === 'texts' ? column.values : new Array<null>(rows).fill(null),
    ),
  }
}

const readColumn = (json: Uint8Array, span: Span, feature: Feature, at: string): Column => {
  if (!isArrayAt(json, span)) throw new Stopped(new Wrong(at, 'must be an array of values'))
  const isText = feature.type === 'text'
  const texts: (string | null)[] = []
  // Each value takes two bytes at least.
  const numbers = new Float64Array(isText ? 0 : Math.ceil((span.end - span.start) / 2))
  let count = 0
  inPieces(json, span, true, (values) => {
    for (const value of values) {
      const given = single(value)
      const cell = readJsonCell(feature, given)
      if (cell === undefined) throw new Stopped(wrongCell(feature, given, `${at}[${count}]`))
      if (isText) texts.push(cell === null ? null : String(cell))
      else numbers[count] = cell === null ? Number.NaN : Number(cell)
      count++
    }
  })
  return isText
    ? { type: 'texts', values: texts }
    : { type: 'numbers', values: numbers.subarray(0, count) }
}
