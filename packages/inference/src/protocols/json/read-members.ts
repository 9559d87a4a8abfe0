import { endOfValue, skipSpace, walkObject } from '../dsapi-json/scan-json.ts'
import { Stopped } from './json-problem.ts'
import { parseSpan, type Span } from './json-span.ts'
import { Wrong } from './wrong.ts'

/** The members of a JSON object, by name. Of several with one name it is the last. */
export type Members = {
  /** Where those stand that may be large. They are not read yet. */
  readonly spans: ReadonlyMap<string, Span>
  /** All others. */
  readonly values: ReadonlyMap<string, unknown>
}

/** What holds no rows has no use for more. */
const longestValue = 2 ** 20

const openArray = 0x5b
const openObject = 0x7b

/** Whether a value is an array. */
export const isArrayAt = (json: Uint8Array, { start }: Span): boolean => json[start] === openArray

/** Whether a value is an object. */
export const isObjectAt = (json: Uint8Array, { start }: Span): boolean => json[start] === openObject

/**
 * Reads the members of an object, all but those that may be large.
 *
 * @param span the object
 * @param field its name in errors, with a dot behind it; empty for the whole body
 * @param large the names of the members that may be large
 * @throws what `jsonProblem` knows
 */
export const readMembers = (
  json: Uint8Array,
  { start, end }: Span,
  field: string,
  large: ReadonlySet<string>,
): Members => {
  const spans = new Map<string, Span>()
  const values = new Map<string, unknown>()
  walkObject(json.subarray(0, end), start, (nameStart, nameEnd, valueStart) => {
    const name = String(parseSpan(json, { start: nameStart, end: nameEnd }))
    const span = { start: valueStart, end: endOfValue(json, valueStart) }
    if (large.has(name)) spans.set(name, span)
    else values.set(name, parseSmall(json, field + name, span))
    return span.end
  })
  return { spans, values }
}

/** Reads a value of at most 1 MiB. @throws what `jsonProblem` knows */
export const parseSmall = (json: Uint8Array, field: string, span: Span): unknown => {
  if (span.end - span.start <= longestValue) return parseSpan(json, span)
  throw new Stopped(new Wrong(field, 'is longer than 1 MiB'))
}

/**
 * Where the value of a whole body stands.
 *
 * @throws what `jsonProblem` knows, for an empty one too
 */
export const bodySpan = (json: Uint8Array): Span => {
  const start = skipSpace(json, hasByteOrderMark(json) ? 3 : 0)
  if (start === json.length) throw new Stopped(Wrong.of('The body is empty, which is not JSON'))
  return { start, end: json.length }
}

const hasByteOrderMark = (json: Uint8Array) =>
  json[0] === 0xef && json[1] === 0xbb && json[2] === 0xbf
