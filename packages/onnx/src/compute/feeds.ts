import type { Batch } from '@dsapi/inference'
import type * as Ort from 'onnxruntime-web'
import type { InputPlan } from '../describe/input-plan.ts'

/** The part of onnxruntime that makes tensors; both engines have it. */
export type Tensors = Pick<typeof Ort, 'Tensor'>

/** Some rows of a batch. */
export type Rows = { readonly first: number; readonly end: number }

/** The inputs of a run. */
export const makeFeeds = (
  { Tensor }: Tensors,
  inputs: readonly InputPlan[],
  batch: Batch,
  rows: Rows,
): Record<string, Ort.Tensor> => {
  const feeds: Record<string, Ort.Tensor> = {}
  const count = rows.end - rows.first
  const stride = batch.nRows === 0 ? 0 : batch.numbers.length / batch.nRows
  let text = 0
  let number = 0
  for (const { name, elementType, axes, width } of inputs) {
    const dims = axes === 1 ? [count] : [count, width]
    if (elementType === 'string') {
      const columns = batch.texts.slice(text, text + width)
      feeds[name] = new Tensor('string', textsOf(columns, rows), dims)
      text += width
    } else {
      const numbers = numbersOf(batch.numbers, { stride, first: number, width }, rows)
      feeds[name] = numberTensor(Tensor, elementType, numbers, dims)
      number += width
    }
  }
  return feeds
}

/** Row after row. A missing text is an empty one: tensors of texts hold no others. */
const textsOf = (columns: Batch['texts'], { first, end }: Rows): string[] => {
  const texts: string[] = []
  for (let row = first; row < end; row++) {
    for (const column of columns) texts.push(column[row] ?? '')
  }
  return texts
}

type Columns = { readonly stride: number; readonly first: number; readonly width: number }

/** The columns of an input, row after row; without a copy where they are all that there are. */
const numbersOf = (
  numbers: Batch['numbers'],
  { stride, first, width }: Columns,
  rows: Rows,
): Batch['numbers'] => {
  if (width === stride) return numbers.subarray(rows.first * stride, rows.end * stride)
  const count = rows.end - rows.first
  const size = count * width
  const picked = numbers instanceof Float32Array ? new Float32Array(size) : new Float64Array(size)
  for (let row = 0; row < count; row++) {
    const from = (rows.first + row) * stride + first
    for (let k = 0; k < width; k++) picked[row * width + k] = numbers[from + k]
  }
  return picked
}

const numberTensor = (
  Tensor: Tensors['Tensor'],
  elementType: string,
  numbers: Batch['numbers'],
  dims: readonly number[],
): Ort.Tensor => {
  switch (elementType) {
    case 'float32':
      return new Tensor('float32', toFloat32(numbers), dims)
    case 'float64':
      return new Tensor('float64', toFloat64(numbers), dims)
    case 'bool':
      return new Tensor('bool', Uint8Array.from(numbers), dims)
    case 'int64':
      return new Tensor('int64', BigInt64Array.from(numbers, BigInt), dims)
    case 'uint64':
      return new Tensor('uint64', BigUint64Array.from(numbers, BigInt), dims)
    case 'int32':
      return new Tensor('int32', Int32Array.from(numbers), dims)
    case 'uint32':
      return new Tensor('uint32', Uint32Array.from(numbers), dims)
    case 'int16':
      return new Tensor('int16', Int16Array.from(numbers), dims)
    case 'uint16':
      return new Tensor('uint16', Uint16Array.from(numbers), dims)
    case 'int8':
      return new Tensor('int8', Int8Array.from(numbers), dims)
    case 'uint8':
      return new Tensor('uint8', Uint8Array.from(numbers), dims)
    default:
      throw new Error(`No tensor is made of ${elementType}`)
  }
}

const toFloat32 = (numbers: Batch['numbers']) =>
  numbers instanceof Float32Array ? numbers : new Float32Array(numbers)

const toFloat64 = (numbers: Batch['numbers']) =>
  numbers instanceof Float64Array ? numbers : new Float64Array(numbers)
