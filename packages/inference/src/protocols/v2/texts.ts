import type { Span } from '../json/json-span.ts'
import { Wrong } from '../json/wrong.ts'
import type { Input } from './input.ts'
import { readElements, wrongCount } from './json-elements.ts'

/** The elements of a tensor of BYTES, as text; null where one is missing. */
export type Texts = readonly (string | null)[]

/** @throws what `jsonProblem` knows */
export const readJsonTexts = (json: Uint8Array, input: Input, span: Span): Texts | Wrong => {
  const texts: (string | null)[] = []
  const wrong = readElements(json, input, span, (value) => {
    if (typeof value !== 'string' && value !== null) return 'must be a string'
    texts.push(value)
    return undefined
  })
  return wrong ?? texts
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Reads texts that each have their length in four bytes before them. */
export const readBinaryTexts = (bytes: Uint8Array, input: Input): Texts | Wrong => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const texts: string[] = []
  let at = 0
  while (at < bytes.length) {
    const start = at + 4
    const end = start <= bytes.length ? start + view.getUint32(at, true) : Number.POSITIVE_INFINITY
    if (end > bytes.length) {
      const message = `element ${texts.length} is longer than what is left of the tensor`
      return new Wrong(input.field, message, `The input "${input.name}": ${message}`)
    }
    try {
      texts.push(decoder.decode(bytes.subarray(start, end)))
    } catch {
      return new Wrong(`${input.field}.data[${texts.length}]`, 'is not UTF-8')
    }
    at = end
  }
  return texts.length === input.size ? texts : wrongCount(input, `the tensor has ${texts.length}`)
}
