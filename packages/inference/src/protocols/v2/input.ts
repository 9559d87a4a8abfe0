import { isRecord } from '../../is-record.ts'
import type { Span } from '../json/json-span.ts'
import { Wrong } from '../json/wrong.ts'
import { shorten } from '../shorten.ts'
import { type Datatype, datatypeNames, datatypeOf } from './datatypes.ts'
import type { InputHead } from './read-head.ts'

/** An input whose form is right: what it holds is not read yet. */
export type Input = {
  /** Where it stands, such as `inputs[0]`. */
  readonly field: string
  readonly name: string
  readonly shape: readonly number[]
  readonly datatype: Datatype
  /** How many elements its shape has. */
  readonly size: number
  readonly content:
    | { readonly type: 'json'; readonly span: Span }
    | { readonly type: 'binary'; readonly length: number }
}

/** Checks the form of an input: its name, shape and datatype, and where its elements are. */
export const readInput = ({ members, data }: InputHead, index: number): Input | Wrong => {
  const field = `inputs[${index}]`
  const name = members.get('name')
  if (typeof name !== 'string') return needed(members, field, 'name', 'a string')
  const shape = members.get('shape')
  if (!isShape(shape)) {
    return needed(members, field, 'shape', 'an array of whole numbers from 0 on')
  }
  const datatype = readDatatype(members, field)
  if (datatype instanceof Wrong) return datatype
  const content = readContent(members.get('parameters'), data, field)
  if (content instanceof Wrong) return content
  if (datatype.name === 'FP16' && content.type === 'json') {
    const message = 'is FP16, which cannot be sent as JSON: send it as a binary tensor'
    return new Wrong(`${field}.datatype`, message)
  }
  const size = shape.reduce((product, length) => product * length, 1)
  return { field, name, shape, datatype, size, content }
}

const needed = (members: InputHead['members'], field: string, name: string, kind: string) =>
  new Wrong(`${field}.${name}`, members.has(name) ? `must be ${kind}` : 'is missing')

const isShape = (shape: unknown): shape is readonly number[] =>
  Array.isArray(shape) && shape.every((length) => Number.isSafeInteger(length) && length >= 0)

const readDatatype = (members: InputHead['members'], field: string) => {
  const name = members.get('datatype')
  if (typeof name !== 'string') return needed(members, field, 'datatype', 'a string')
  return (
    datatypeOf(name) ??
    new Wrong(
      `${field}.datatype`,
      `is "${shorten(name)}", and must be one of ${datatypeNames.join(', ')}`,
    )
  )
}

const readContent = (
  sent: unknown,
  span: Span | undefined,
  field: string,
): Input['content'] | Wrong => {
  const parameters = sent ?? {}
  if (!isRecord(parameters)) return new Wrong(`${field}.parameters`, 'must be an object')
  const { binary_data_size: length, shared_memory_region: region } = parameters
  if (region !== undefined) {
    return new Wrong(`${field}.parameters.shared_memory_region`, 'is not supported: send the data')
  }
  if (length === undefined) {
    return span ? { type: 'json', span } : new Wrong(`${field}.data`, 'is missing')
  }
  if (typeof length !== 'number' || !Number.isSafeInteger(length) || length < 0) {
    return new Wrong(`${field}.parameters.binary_data_size`, 'must be a whole number from 0 on')
  }
  if (span) return new Wrong(field, 'must have either "data" or "binary_data_size", not both')
  return { type: 'binary', length }
}
