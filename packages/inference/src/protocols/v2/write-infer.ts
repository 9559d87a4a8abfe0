import type { Predictions } from '../../predictions.ts'
import { jsonHeaders } from '../json/json-answer.ts'
import type { NamedModel, Written } from '../protocol.ts'
import { outputValues } from './output-values.ts'
import type { AskedOutput } from './read-outputs.ts'
import { lengthHeader } from './split-body.ts'
import { tensorToBytes, tensorToJson } from './write-tensor.ts'

/** What a request asks for. */
export type Asked = {
  readonly id: string | undefined
  readonly outputs: readonly AskedOutput[]
}

const encoder = new TextEncoder()

/** Writes the answer to an inference request: JSON, and the outputs that are binary behind it. */
export const writeInfer = (
  predictions: Predictions,
  { name, version }: NamedModel,
  { id, outputs }: Asked,
): Written => {
  const tensors: Uint8Array[] = []
  const written = outputs.map((output) => {
    const values = outputValues(output, predictions)
    const { datatype, shape } = values
    const start = `{"name":${JSON.stringify(output.name)},"datatype":"${datatype}","shape":[${shape}]`
    if (!output.isBinary) return `${start},"data":${tensorToJson(values)}}`
    const bytes = tensorToBytes(values)
    tensors.push(bytes)
    return `${start},"parameters":{"binary_data_size":${bytes.length}}}`
  })
  const members = [
    ...(id === undefined ? [] : [`"id":${JSON.stringify(id)}`]),
    `"model_name":${JSON.stringify(name)}`,
    `"model_version":${JSON.stringify(version)}`,
    `"outputs":[${written.join()}]`,
  ]
  const json = encoder.encode(`{${members.join()}}`)
  if (tensors.every(({ length }) => length === 0)) return { headers: jsonHeaders, body: json }
  return {
    headers: {
      'content-type': 'application/octet-stream',
      [lengthHeader]: String(json.length),
    },
    body: concatenate([json, ...tensors]),
  }
}

const concatenate = (parts: readonly Uint8Array[]) => {
  const all = new Uint8Array(parts.reduce((total, { length }) => total + length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}
