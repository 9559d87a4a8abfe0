import type { Feature } from '../../model-info.ts'
import type { FieldProblem } from '../protocol.ts'
import type { ReadOptions, ReadRows } from '../rows-protocol.ts'
import { readInstance } from './read-instance.ts'
import { createRowPieces, type RowPieces } from './row-pieces.ts'
import {
  endOfValue,
  JsonDepthError,
  JsonSyntaxError,
  skipSpace,
  walkArray,
  walkObject,
} from './scan-json.ts'

/** A client that sends a hundred thousand wrong rows learns it from the first. */
const mostProblems = 20
/** About so many bytes of rows are JSON values at a time, which take many times the memory of their text. */
const bytesAtATime = 2 ** 18
/** No single value may be longer than this; a row of 100,000 numbers is not. */
const longestValue = 2 ** 22
/** How many values rows may have besides those that are written in the body: 32 MiB. */
const mostAbsent = 2 ** 22

/** @param rowsPerPiece how many rows each piece has, except the last */
type InstancesOptions = ReadOptions & { readonly rowsPerPiece: number }

/**
 * Reads `{"instances": [[1, 2], {"feature_a": 1, "feature_b": 2}, …]}`, of which each is one row, by order or
 * by name. Only a part of the body is made into JSON values at a time.
 *
 * @param features the model's, in its order
 */
export const readInstances = (
  features: readonly Feature[],
  body: Uint8Array,
  options: InstancesOptions,
): ReadRows => {
  // No value that is written takes less than two bytes.
  const { mostValues = Math.floor(body.length / 2) + mostAbsent } = options
  const reader = createReader(features, body, { ...options, mostValues })
  try {
    reader.readBody()
    const { pieces, problems } = reader.read()
    if (problems.length === 0) {
      return { ok: true, batches: pieces.pieces() }
    }
    return { ok: false, reason: 'rows', problems: problems.slice(0, mostProblems) }
  } catch (error) {
    if (error instanceof NotUtf8Error) return { ok: false, reason: 'notUtf8' }
    if (error instanceof TooManyValuesError) {
      return { ok: false, reason: 'tooManyValues', mostValues }
    }
    if (error instanceof JsonDepthError) {
      const problems = [{ field: 'instances', message: 'is nested more than 100 levels deep' }]
      return { ok: false, reason: 'rows', problems }
    }
    if (!(error instanceof JsonSyntaxError)) throw error
    const from = Math.max(0, reader.at() - 1)
    const part = new TextDecoder().decode(body.subarray(from, from + bytesAtATime))
    return { ok: false, reason: 'notJson', part }
  }
}

class NotUtf8Error extends Error {}
class TooManyValuesError extends Error {}

type RowsRead = { readonly pieces: RowPieces; readonly problems: FieldProblem[] }

const createReader = (
  features: readonly Feature[],
  body: Uint8Array,
  { rowsPerPiece, mostValues, unknownMembers }: Required<InstancesOptions>,
) => {
  /** How many rows with all of their values there may be, so a piece does not take much more memory than the body. */
  const firstRows = Math.max(1, Math.floor(body.length / (2 * features.length)))
  const makePieces = () => createRowPieces(features, rowsPerPiece, firstRows)
  // A byte order mark in the middle is a part of a text.
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  /** Where the part begins that is being read. */
  let at = 0
  let read = emptyRead('instances', 'must be an array of rows')

  const parse = (start: number, end: number, before = '', after = ''): unknown => {
    at = start
    let text: string
    try {
      text = decoder.decode(body.subarray(start, end))
    } catch {
      throw new NotUtf8Error()
    }
    try {
      return JSON.parse(before + text + after)
    } catch {
      throw new JsonSyntaxError()
    }
  }

  /** Reads rows until there are too many problems. */
  const readRows = (bracket: number) => {
    read = { pieces: makePieces(), problems: [] }
    const { pieces, problems } = read
    let rows = 0
    let seen = 0
    let from = -1
    let to = -1
    const take = () => {
      const values = parse(from, to, '[', ']') as readonly unknown[]
      from = -1
      for (const value of values) {
        const row = readInstance(features, value, rows++, problems, unknownMembers)
        if (rows * features.length > mostValues) throw new TooManyValuesError()
        if (problems.length >= mostProblems) return false
        if (row !== undefined && problems.length === 0) pieces.push(row)
      }
      return true
    }
    const end = walkArray(body, bracket, (start, behind) => {
      if (behind - start > longestValue) {
        const message = `is longer than ${longestValue / 2 ** 20} MiB`
        problems.push({ field: `instances[${seen}]`, message })
        return false
      }
      seen++
      if (from < 0) from = start
      to = behind
      return to - from < bytesAtATime || take()
    })
    if (end !== undefined && from >= 0 && !take()) return undefined
    return end
  }

  const readMember = (nameStart: number, nameEnd: number, start: number) => {
    at = start
    const isInstances = parse(nameStart, nameEnd) === 'instances'
    if (isInstances && body[start] === 0x5b) return readRows(start)
    const end = endOfValue(body, start)
    if (end - start > longestValue) {
      read = emptyRead('', `has a member that is longer than ${longestValue / 2 ** 20} MiB`)
      return undefined
    }
    parse(start, end)
    if (isInstances) read = emptyRead('instances', 'must be an array of rows')
    return end
  }

  const readBody = () => {
    const start = skipSpace(body, hasByteOrderMark(body) ? 3 : 0)
    if (body[start] === 0x7b) walkObject(body, start, readMember)
    else if (body.length <= longestValue) parse(start, body.length)
  }
  return { readBody, read: () => read, at: () => at }
}

const emptyRead = (field: string, message: string): RowsRead => ({
  pieces: createRowPieces([], 1, 1),
  problems: [{ field, message }],
})

const hasByteOrderMark = (body: Uint8Array) =>
  body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf
