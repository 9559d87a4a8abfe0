import { tensorToBytes } from './binary-tensor.ts'
import { tensorToJson } from './json-tensor.ts'
import { isLittleEndian, type NamedTensor } from './tensor.ts'

/** An output that a request asks for: its name, or for how many of the most probable classes to answer with text. */
export type AskedOutput = string | { readonly name: string; readonly classification: number }

export type InferRequest = {
  readonly inputs: readonly NamedTensor[]
  /** Without them, all outputs of the model come. */
  readonly outputs?: readonly AskedOutput[]
  /** Comes back with the answer. */
  readonly id?: string
  /** How tensors are sent, and asked for; `binary` by default, which needs a server with Triton's extension for it. */
  readonly form?: 'binary' | 'json'
}

export type WrittenRequest = {
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array<ArrayBuffer>
}

const encoder = new TextEncoder()

/**
 * Writes an inference request (`inference_rest.md`, "Inference Request JSON Object"; Triton, `extension_binary_data.md`).
 *
 * @throws RangeError where a shape and its elements do not fit, or JSON has no number for an element
 */
export const writeRequest = ({
  inputs,
  outputs,
  id,
  form = 'binary',
}: InferRequest): WrittenRequest => {
  const isBinary = form === 'binary' && isLittleEndian
  const tensors: Uint8Array[] = []
  const written = inputs.map((input) => {
    checkShape(input)
    const start = `{"name":${JSON.stringify(input.name)},"shape":[${input.shape}],"datatype":"${input.datatype}"`
    if (!isBinary) return `${start},"data":${tensorToJson(input)}}`
    const bytes = tensorToBytes(input)
    tensors.push(bytes)
    return `${start},"parameters":{"binary_data_size":${bytes.length}}}`
  })
  const members = [
    ...(id === undefined ? [] : [`"id":${JSON.stringify(id)}`]),
    `"inputs":[${written.join()}]`,
    ...(outputs ? [`"outputs":${JSON.stringify(outputs.map(writeOutput(isBinary)))}`] : []),
    ...(isBinary ? ['"parameters":{"binary_data_output":true}'] : []),
  ]
  const json = encoder.encode(`{${members.join()}}`)
  if (!isBinary) return { headers: { 'content-type': 'application/json' }, body: json }
  const length = Math.ceil(json.length / widest) * widest
  return {
    headers: {
      'content-type': 'application/octet-stream',
      'inference-header-content-length': String(length),
    },
    body: concatenate(json, length, tensors),
  }
}

/** Spaces behind the JSON bring the first tensor where the server can read it without a copy. */
const widest = 8
const space = 0x20

const writeOutput = (isBinary: boolean) => (output: AskedOutput) =>
  typeof output === 'string'
    ? { name: output, parameters: { binary_data: isBinary } }
    : {
        name: output.name,
        parameters: { binary_data: isBinary, classification: output.classification },
      }

const checkShape = ({ name, shape, data }: NamedTensor) => {
  const size = shape.reduce((product, length) => product * length, 1)
  if (size === data.length) return
  throw new RangeError(
    `The shape [${shape}] of the input ${name} takes ${size} elements, and there are ${data.length}`,
  )
}

const concatenate = (json: Uint8Array, length: number, tensors: readonly Uint8Array[]) => {
  const all = new Uint8Array(tensors.reduce((total, tensor) => total + tensor.length, length))
  all.set(json)
  all.fill(space, json.length, length)
  let at = length
  for (const tensor of tensors) {
    all.set(tensor, at)
    at += tensor.length
  }
  return all
}
