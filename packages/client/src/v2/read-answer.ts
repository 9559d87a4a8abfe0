import { DsapiError } from '../dsapi-error.ts'
import { bytesToTensor } from './binary-tensor.ts'
import { jsonToTensor } from './json-tensor.ts'
import { isDatatype, type Tensor } from './tensor.ts'

export type InferAnswer = {
  readonly modelName: string
  /** Undefined where the server has no versions. */
  readonly modelVersion: string | undefined
  readonly id: string | undefined
  /** By their names. */
  readonly outputs: Readonly<Record<string, Tensor>>
}

type Json = Readonly<Record<string, unknown>>

const decoder = new TextDecoder()

/**
 * Reads the answer to an inference request, in JSON and binary form.
 *
 * @throws DsapiError `unexpected_answer`
 */
export const readAnswer = async (response: Response): Promise<InferAnswer> => {
  const body = new Uint8Array(await response.arrayBuffer())
  const header = response.headers.get('inference-header-content-length')
  let at = header === null ? body.length : Number(header)
  const json = objectOf(parse(decoder.decode(body.subarray(0, at))))
  const outputs = (Array.isArray(json.outputs) ? json.outputs : [])
    .map(objectOf)
    .map((output): readonly [string, Tensor] => {
      const { name, datatype, shape, data } = output
      const length = output.parameters === undefined ? undefined : sizeIn(output.parameters)
      if (typeof name !== 'string' || !isDatatype(datatype) || !isShape(shape)) throw unexpected()
      const tensor =
        length === undefined
          ? jsonToTensor(datatype, shape, data)
          : bytesToTensor(datatype, shape, body.subarray(at, at + length))
      at += length ?? 0
      if (tensor === undefined || at > body.length || tensor.data.length !== sizeOf(shape)) {
        throw unexpected()
      }
      return [name, tensor]
    })
  return {
    modelName: String(json.model_name),
    modelVersion: textIn(json.model_version),
    id: textIn(json.id),
    outputs: Object.fromEntries(outputs),
  }
}

const unexpected = () =>
  new DsapiError('The answer is not one of the Open Inference Protocol', {
    ...{ status: 200, code: 'unexpected_answer' },
  })

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    throw unexpected()
  }
}

const objectOf = (value: unknown): Json => {
  if (typeof value === 'object' && value !== null) return value as Json
  throw unexpected()
}

const sizeIn = (parameters: unknown) => {
  const { binary_data_size: size } = objectOf(parameters)
  if (size === undefined) return undefined
  if (typeof size === 'number' && Number.isSafeInteger(size) && size >= 0) return size
  throw unexpected()
}

const isShape = (shape: unknown): shape is readonly number[] =>
  Array.isArray(shape) && shape.every((length) => Number.isSafeInteger(length) && length >= 0)

const sizeOf = (shape: readonly number[]) => shape.reduce((product, length) => product * length, 1)

const textIn = (value: unknown) => (typeof value === 'string' ? value : undefined)
