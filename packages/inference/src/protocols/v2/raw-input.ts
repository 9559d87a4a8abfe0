import type { Batch } from '../../batch.ts'
import type { ModelInfo } from '../../model-info.ts'
import { Wrong } from '../json/wrong.ts'
import { readBinaryNumbers } from './binary-numbers.ts'
import { datatypeOf } from './datatypes.ts'
import { findWrongNumber } from './feature-values.ts'
import { inputTensors } from './model-tensors.ts'

/**
 * Reads a body that is the one input of a model, without JSON, as whole rows: a raw binary request (Triton,
 * `extension_binary_data.md`). A text comes without its length, and alone.
 */
export const readRaw = (bytes: Uint8Array<ArrayBuffer>, model: ModelInfo): Batch | Wrong => {
  const [tensor, ...others] = inputTensors(model)
  const datatype = datatypeOf(tensor.datatype)
  if (others.length > 0 || datatype === undefined) {
    return Wrong.of('A raw body takes a model with one input, and this one has several: send JSON')
  }
  const width = model.features.length
  if (datatype.kind === 'bytes') return readRawText(bytes, width)
  const rowBytes = width * datatype.bytes
  const nRows = bytes.length / rowBytes
  if (!Number.isInteger(nRows) || nRows === 0) {
    return Wrong.of(
      `A raw body has whole rows of ${rowBytes} bytes for this model, ${width} ${datatype.name} each, and this one has ${bytes.length} bytes`,
    )
  }
  const shape = [nRows, width]
  const content = { type: 'binary', length: bytes.length } as const
  const input = { field: 'input', name: tensor.name, shape, datatype, size: nRows * width, content }
  const numbers = readBinaryNumbers(bytes, input)
  if (numbers instanceof Wrong) return numbers
  const wrong = findWrongNumber(numbers, model.features)
  return wrong
    ? new Wrong(`input.data[${wrong.index}]`, wrong.problem)
    : { nRows, numbers, texts: [] }
}

const readRawText = (bytes: Uint8Array, width: number): Batch | Wrong => {
  if (width > 1)
    return Wrong.of(`A raw body holds one text, and this model takes ${width}: send JSON`)
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    return { nRows: 1, numbers: new Float64Array(0), texts: [[text]] }
  } catch {
    return Wrong.of('The body is not UTF-8')
  }
}
