import { countOf, fieldsOf, type Message, messageOf, textOf } from '../protobuf/fields.ts'
import { elementTypeName } from './element-types.ts'
import type { Value } from './onnx-file.ts'

type Shape = NonNullable<Value['shape']>

/** Reads a ValueInfoProto: name and type of an input or output. */
export const readValue = (message: Message): Value => {
  let name = ''
  let type: Omit<Value, 'name'> = {}
  for (const field of fieldsOf(message)) {
    if (field.number === 1) name = textOf(message, field)
    if (field.number === 2) type = readType(messageOf(message, field, 'TypeProto'))
  }
  return { name, ...type }
}

const readType = (message: Message): Omit<Value, 'name'> => {
  for (const field of fieldsOf(message)) {
    if (field.number === 1) return readTensorType(messageOf(message, field, 'TypeProto.Tensor'))
  }
  return {}
}

const readTensorType = (message: Message): Omit<Value, 'name'> => {
  let elementType: string | undefined
  let shape: Shape | undefined
  for (const field of fieldsOf(message)) {
    if (field.number === 1) elementType = elementTypeName(countOf(message, field))
    if (field.number === 2) shape = readShape(messageOf(message, field, 'TensorShapeProto'))
  }
  return { elementType, shape }
}

/** An axis is free when it has a name, or neither name nor size; some converters write a size of 0 or less for it. */
const readShape = (message: Message): Shape => {
  const shape: (number | undefined)[] = []
  for (const field of fieldsOf(message)) {
    if (field.number !== 1) continue
    const dimension = messageOf(message, field, 'TensorShapeProto.Dimension')
    let size: number | undefined
    for (const part of fieldsOf(dimension)) {
      if (part.number === 1) size = countOf(dimension, part)
    }
    shape.push(size !== undefined && size > 0 ? size : undefined)
  }
  return shape
}
