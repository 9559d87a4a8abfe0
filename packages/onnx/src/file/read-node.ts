import {
  fieldsOf,
  floatOf,
  integersOf,
  type Message,
  messageOf,
  textOf,
} from '../protobuf/fields.ts'
import type { Node } from './onnx-file.ts'

/** Reads a NodeProto, except for its attributes. */
export const readNode = (message: Message): Node => {
  const inputs: string[] = []
  const outputs: string[] = []
  let operator = ''
  for (const field of fieldsOf(message)) {
    if (field.number === 1) inputs.push(textOf(message, field))
    if (field.number === 2) outputs.push(textOf(message, field))
    if (field.number === 4) operator = textOf(message, field)
  }
  return { operator, inputs, outputs, message }
}

/** An attribute of a node, an AttributeProto; `undefined` where the node has none of that name. */
const findAttribute = ({ message }: Node, name: string): Message | undefined => {
  for (const field of fieldsOf(message)) {
    if (field.number !== 5) continue
    const attribute = messageOf(message, field, 'AttributeProto')
    for (const part of fieldsOf(attribute)) {
      if (part.number === 1 && textOf(attribute, part) === name) return attribute
    }
  }
  return undefined
}

/**
 * The texts of an attribute; none where the node has no such attribute.
 *
 * @param most how many there may be. @throws Error when there are more
 */
export const textsOf = (node: Node, name: string, most: number): readonly string[] => {
  const attribute = findAttribute(node, name)
  const texts: string[] = []
  if (attribute === undefined) return texts
  for (const field of fieldsOf(attribute)) {
    if (field.number === 9) texts.push(textOf(attribute, field))
    if (texts.length > most) throw tooMany(node, name, most)
  }
  return texts
}

/** The integers of an attribute, with the limit of `textsOf`. */
export const integerListOf = (node: Node, name: string, most: number): readonly bigint[] => {
  const attribute = findAttribute(node, name)
  const integers: bigint[] = []
  if (attribute === undefined) return integers
  for (const field of fieldsOf(attribute)) {
    if (field.number !== 8) continue
    for (const integer of integersOf(attribute, field)) {
      integers.push(integer)
      if (integers.length > most) throw tooMany(node, name, most)
    }
  }
  return integers
}

/** The one float of an attribute. */
export const floatAttribute = (node: Node, name: string): number | undefined => {
  const attribute = findAttribute(node, name)
  if (attribute === undefined) return undefined
  for (const field of fieldsOf(attribute)) {
    if (field.number === 2) return floatOf(attribute, field)
  }
  return undefined
}

const tooMany = ({ operator }: Node, name: string, most: number): Error =>
  new Error(
    `The ONNX file names more than ${most} ${name} in its ${operator}; this many are not served`,
  )
