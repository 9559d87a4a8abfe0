import { bytesOf, countOf, fieldsOf, integersOf, type Message, textOf } from '../protobuf/fields.ts'
import { int32Code, int64Code, stringCode } from './element-types.ts'
import { mostClasses } from './labels.ts'

/** The elements of a small TensorProto of integers; `undefined` where it is large, or holds something else. */
export const readIntegers = (tensor: Message): readonly bigint[] | undefined => {
  let type = 0
  let raw: Uint8Array | undefined
  const integers: bigint[] = []
  for (const field of fieldsOf(tensor)) {
    if (field.number === 2) type = countOf(tensor, field)
    if (field.number === 9) raw = bytesOf(tensor, field)
    if (field.number !== 5 && field.number !== 7) continue
    for (const integer of integersOf(tensor, field)) {
      integers.push(integer)
      if (integers.length > mostClasses) return undefined
    }
  }
  if (type !== int32Code && type !== int64Code) return undefined
  return raw === undefined ? integers : readRaw(raw, type === int32Code ? 4 : 8)
}

const readRaw = (raw: Uint8Array, size: 4 | 8): readonly bigint[] | undefined => {
  const count = Math.floor(raw.length / size)
  if (count > mostClasses) return undefined
  const view = new DataView(raw.buffer, raw.byteOffset, raw.length)
  return Array.from({ length: count }, (_, place) =>
    size === 4 ? BigInt(view.getInt32(4 * place, true)) : view.getBigInt64(8 * place, true),
  )
}

/** The elements of a small TensorProto of texts; `undefined` where it is large, or holds something else. */
export const readTexts = (tensor: Message): readonly string[] | undefined => {
  let type = 0
  const texts: string[] = []
  for (const field of fieldsOf(tensor)) {
    if (field.number === 2) type = countOf(tensor, field)
    if (field.number !== 6) continue
    texts.push(textOf(tensor, field))
    if (texts.length > mostClasses) return undefined
  }
  return type === stringCode ? texts : undefined
}
