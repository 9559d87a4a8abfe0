/** The types of a tensor's elements, by their codes in `TensorProto.DataType`, with onnxruntime's names. */
const names: Readonly<Record<number, string>> = {
  1: 'float32',
  2: 'uint8',
  3: 'int8',
  4: 'uint16',
  5: 'int16',
  6: 'int32',
  7: 'int64',
  8: 'string',
  9: 'bool',
  10: 'float16',
  11: 'float64',
  12: 'uint32',
  13: 'uint64',
}

export const int32Code = 6
export const int64Code = 7
export const stringCode = 8

/** The name of an element type; one that is not known keeps its code. */
export const elementTypeName = (code: number): string => names[code] ?? `type ${code}`
