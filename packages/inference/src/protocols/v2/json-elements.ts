import { inPieces } from '../json/json-pieces.ts'
import { Stopped } from '../json/json-problem.ts'
import type { Span } from '../json/json-span.ts'
import { Wrong } from '../json/wrong.ts'
import { shorten } from '../shorten.ts'
import type { Input } from './input.ts'

/** Takes one element. Returns what is wrong with it, without its name. */
export type TakeElement = (value: unknown, index: number) => string | undefined

/**
 * Reads the elements of an input from its `data`, which is flat or has rows that fit the shape.
 *
 * @param take is given the elements, row after row, as many as the shape has at most
 * @throws what `jsonProblem` knows
 */
export const readElements = (
  json: Uint8Array,
  input: Input,
  span: Span,
  take: TakeElement,
): Wrong | undefined => {
  const { field, shape, size } = input
  const width = shape[1] ?? 1
  let count = 0
  let rows: number | undefined

  const stop = (place: string, message: string) => {
    throw new Stopped(new Wrong(`${field}.data${place}`, message))
  }
  const takeOne = (value: unknown) => {
    const problem = count < size ? take(value, count) : undefined
    if (problem !== undefined) stop(placeOf(count, rows === undefined ? 0 : width), problem)
    count++
  }
  const takeRow = (row: readonly unknown[]) => {
    if (rows === undefined) return stop('', 'mixes elements and rows of elements')
    if (shape.length !== 2 || row.length !== width) {
      return stop(`[${rows}]`, `has ${row.length} elements, which contradicts the shape [${shape}]`)
    }
    row.forEach(takeOne)
    rows++
  }
  inPieces(json, span, input.datatype.kind === 'float', (values) => {
    if (count === 0 && Array.isArray(values[0])) rows ??= 0
    for (const value of values) {
      if (Array.isArray(value)) takeRow(value)
      else if (rows === undefined) takeOne(value)
      else stop('', 'mixes elements and rows of elements')
    }
  })
  return count === size ? undefined : wrongCount(input, `data has ${count}`)
}

const placeOf = (index: number, width: number) =>
  width === 0 ? `[${index}]` : `[${Math.floor(index / width)}][${index % width}]`

/** What is wrong where a tensor has more or fewer elements than its shape. */
export const wrongCount = ({ field, name, shape, size }: Input, found: string): Wrong => {
  const message = `shape [${shape}] takes ${size} elements, ${found}`
  return new Wrong(`${field}.data`, message, `The input "${shorten(name)}": ${message}`)
}
