import { JsonSyntaxError, walkArray } from '../dsapi-json/scan-json.ts'
import { Stopped } from './json-problem.ts'
import { type Span, textOf } from './json-span.ts'
import { Wrong } from './wrong.ts'

/** About so many bytes are JSON values at a time, which take many times the memory of their text. */
const bytesAtATime = 2 ** 18
/** A row of 100,000 numbers is not longer. */
const longestElement = 2 ** 22

/**
 * Reads the elements of a JSON array, some at a time.
 *
 * @param mayHoldTokens whether NaN and Infinity stand for numbers
 * @throws what `jsonProblem` knows
 */
export const inPieces = (
  json: Uint8Array,
  { start, end }: Span,
  mayHoldTokens: boolean,
  take: (values: readonly unknown[]) => void,
): void => {
  let from = -1
  let to = -1
  const takePiece = () => {
    const piece = { start: from, end: to }
    from = -1
    take(parsePiece(`[${textOf(json, piece)}]`, mayHoldTokens))
  }
  walkArray(json.subarray(0, end), start, (elementStart, elementEnd) => {
    if (elementEnd - elementStart > longestElement) throw new Stopped(tooLong)
    if (from < 0) from = elementStart
    to = elementEnd
    if (to - from >= bytesAtATime) takePiece()
    return true
  })
  if (from >= 0) takePiece()
}

const tooLong = new Wrong('data', 'has an element that is longer than 4 MiB')

const parsePiece = (text: string, mayHoldTokens: boolean): readonly unknown[] => {
  try {
    return JSON.parse(text)
  } catch {
    if (!mayHoldTokens) throw new JsonSyntaxError()
  }
  try {
    return JSON.parse(withoutTokens(text))
  } catch {
    throw new JsonSyntaxError()
  }
}

/** A text, or a word that stands for a number which JSON does not have. An open text ends with the piece. */
const textOrToken = /"(?:[^"\\]|\\.?)*(?:"|$)|NaN|Infinity/gs

/**
 * Writes what Python writes for numbers that JSON does not have in another way: NaN as null, which is missing as well, and
 * infinities as numbers that are too large. Texts stay as they are.
 */
const withoutTokens = (text: string) =>
  text.replaceAll(textOrToken, (found) => replacements.get(found) ?? found)

const replacements: ReadonlyMap<string, string> = new Map([
  ['NaN', 'null'],
  ['Infinity', '1e999'],
])
