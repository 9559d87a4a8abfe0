import type { Feature } from '../../model-info.ts'
import { Wrong } from '../json/wrong.ts'
import { shorten } from '../shorten.ts'
import { readBinaryNumbers } from './binary-numbers.ts'
import { findWrongNumber } from './feature-values.ts'
import type { Input } from './input.ts'
import { readJsonNumbers } from './json-numbers.ts'
import type { Numbers } from './numbers.ts'
import { readBinaryTexts, readJsonTexts, type Texts } from './texts.ts'

/** Where the elements of inputs are. */
export type Sources = {
  readonly json: Uint8Array<ArrayBuffer>
  /** The bytes of an input that is a binary tensor. */
  readonly binaryOf: (input: Input) => Uint8Array<ArrayBuffer>
}

/**
 * Reads an input as numbers for some features, row after row.
 *
 * @throws what `jsonProblem` knows
 */
export const readNumbers = (
  { json, binaryOf }: Sources,
  input: Input,
  features: readonly Feature[],
): Numbers | Wrong => {
  const { field, name, content, datatype } = input
  if (datatype.kind === 'bytes') {
    const text = `The input "${shorten(name)}" is BYTES, and the model expects numbers: send FP64, or another number type`
    return new Wrong(`${field}.datatype`, 'must be a number type', text)
  }
  const numbers =
    content.type === 'json'
      ? readJsonNumbers(json, input, content.span)
      : readBinaryNumbers(binaryOf(input), input)
  if (numbers instanceof Wrong) return numbers
  const wrong = findWrongNumber(numbers, features)
  return wrong ? new Wrong(placeIn(input, wrong.index), wrong.problem) : numbers
}

/**
 * Reads an input as texts for some features, row after row.
 *
 * @throws what `jsonProblem` knows
 */
export const readTexts = (
  { json, binaryOf }: Sources,
  input: Input,
  features: readonly Feature[],
): Texts | Wrong => {
  const { field, name, content, datatype } = input
  if (datatype.kind !== 'bytes') {
    const text = `The input "${shorten(name)}" is ${datatype.name}, and the model expects text: send BYTES`
    return new Wrong(`${field}.datatype`, 'must be BYTES', text)
  }
  const texts =
    content.type === 'json'
      ? readJsonTexts(json, input, content.span)
      : readBinaryTexts(binaryOf(input), input)
  if (texts instanceof Wrong) return texts
  const missing = texts.findIndex(
    (text, k) => text === null && !features[k % features.length].nullable,
  )
  return missing < 0 ? texts : new Wrong(placeIn(input, missing), 'must not be null')
}

const placeIn = ({ field }: Input, index: number) => `${field}.data[${index}]`
