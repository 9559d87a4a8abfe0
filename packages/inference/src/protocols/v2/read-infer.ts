import type { Batch } from '../../batch.ts'
import { isRecord } from '../../is-record.ts'
import { jsonProblem } from '../json/json-problem.ts'
import { mostCells } from '../json/most-cells.ts'
import { Wrong } from '../json/wrong.ts'
import type { NamedModel, ProtocolRequest, Read } from '../protocol.ts'
import { type Input, readInput } from './input.ts'
import { type InputLayout, layoutOf } from './input-layout.ts'
import { readRaw } from './raw-input.ts'
import { readBatch } from './read-batch.ts'
import { type RequestHead, readHead } from './read-head.ts'
import { readOutputs } from './read-outputs.ts'
import { sliceTensors } from './slice-tensors.ts'
import { type BodyParts, splitBody } from './split-body.ts'
import { type Asked, writeInfer } from './write-infer.ts'

/**
 * Reads an inference request of the Open Inference Protocol (`inference_rest.md`, "Inference Request JSON Object") with the
 * binary tensors of Triton (`extension_binary_data.md`).
 */
export const readInfer = (request: ProtocolRequest, model: NamedModel): Read => {
  const read = readWhole(request, model)
  if (read instanceof Wrong) {
    const { field, message, text } = read
    return { ok: false, message: text, detail: field === '' ? [] : [{ field, message }] }
  }
  const { batch, asked } = read
  return { ok: true, batch, write: (predictions) => writeInfer(predictions, model, asked) }
}

type ReadInfer = { readonly batch: Batch; readonly asked: Asked }

const readWhole = (request: ProtocolRequest, model: NamedModel): ReadInfer | Wrong => {
  const parts = splitBody(request)
  if (parts instanceof Wrong) return parts
  try {
    return parts.type === 'raw' ? readRawParts(parts, model) : readJsonParts(parts, model)
  } catch (error) {
    return jsonProblem(error)
  }
}

const readRawParts = (
  { tensor }: Extract<BodyParts, { readonly type: 'raw' }>,
  { info }: NamedModel,
): ReadInfer | Wrong => {
  const batch = readRaw(tensor, info)
  if (batch instanceof Wrong) return batch
  const outputs = readOutputs(undefined, true, info)
  return outputs instanceof Wrong ? outputs : { batch, asked: { id: undefined, outputs } }
}

const readJsonParts = (
  { json, tensors }: Extract<BodyParts, { readonly type: 'json' }>,
  { info, name }: NamedModel,
): ReadInfer | Wrong => {
  const head = readHead(json, tensors === undefined)
  const inputs = readInputs(head, name)
  if (inputs instanceof Wrong) return inputs
  const asked = readAsked(head, info)
  if (asked instanceof Wrong) return asked
  const layout = layoutOf(inputs, info)
  if (layout instanceof Wrong) return layout
  const slices = sliceTensors(tensors, inputs)
  if (slices instanceof Wrong) return slices
  const sent = json.length + (tensors?.length ?? 0)
  const tooWide = checkCells(layout, info.features.length, sent)
  if (tooWide) return tooWide
  const binaryOf = (input: Input) => slices.get(input) ?? new Uint8Array(0)
  const batch = readBatch({ json, binaryOf }, layout, info.features)
  return batch instanceof Wrong ? batch : { batch, asked }
}

const readInputs = ({ inputs, members }: RequestHead, name: string) => {
  if (inputs === undefined) {
    const isV1 = members.has('instances')
    const hint = `. "instances" are for POST /v1/models/${name}:predict`
    return new Wrong('inputs', 'is missing', `"inputs" is missing${isV1 ? hint : ''}`)
  }
  const read: Input[] = []
  for (const [index, input] of inputs.entries()) {
    const each = readInput(input, index)
    if (each instanceof Wrong) return each
    read.push(each)
  }
  return read
}

const readAsked = ({ members }: RequestHead, info: NamedModel['info']): Asked | Wrong => {
  const id = members.get('id') ?? undefined
  if (id !== undefined && typeof id !== 'string') return new Wrong('id', 'must be a string')
  const parameters = members.get('parameters') ?? {}
  if (!isRecord(parameters)) return new Wrong('parameters', 'must be an object')
  const { binary_data_output: isBinary = false } = parameters
  if (typeof isBinary !== 'boolean') {
    return new Wrong('parameters.binary_data_output', 'must be true or false')
  }
  const outputs = readOutputs(members.get('outputs'), isBinary, info)
  return outputs instanceof Wrong ? outputs : { id, outputs }
}

/** A model with a thousand features that may be missing makes a thousand numbers of one that was sent. */
const checkCells = (layout: InputLayout, width: number, sent: number): Wrong | undefined =>
  layout.type === 'rows' || layout.nRows * width <= mostCells(sent)
    ? undefined
    : new Wrong('inputs', `has too many rows that lack most of the ${width} features: send fewer`)
