import type { Batch } from '../../batch.ts'
import { isRecord } from '../../is-record.ts'
import type { ModelInfo } from '../../model-info.ts'
import { type AnswerKind, answerKinds } from '../answer-kinds.ts'
import { jsonProblem } from '../json/json-problem.ts'
import type { Span } from '../json/json-span.ts'
import { readJsonColumns } from '../json/read-json-columns.ts'
import { readJsonRows } from '../json/read-json-rows.ts'
import {
  bodySpan,
  isArrayAt,
  isObjectAt,
  type Members,
  parseSmall,
  readMembers,
} from '../json/read-members.ts'
import { inOrder } from '../json/row-layout.ts'
import { Wrong } from '../json/wrong.ts'
import type { NamedModel, ProtocolRequest, Read } from '../protocol.ts'
import { shorten } from '../shorten.ts'
import { type AnswerForm, writePredictions } from './write-predictions.ts'

/**
 * Reads a request of KServe V1 or TensorFlow Serving (`api_rest.md`, "Predict API"): `instances` has rows, `inputs` has columns
 * or rows.
 */
export const readPredict = ({ body }: ProtocolRequest, model: NamedModel): Read => {
  const read = readWhole(body, model)
  if (read instanceof Wrong) {
    const { field, message, text } = read
    return { ok: false, message: text, detail: field === '' ? [] : [{ field, message }] }
  }
  const { batch, kind, form } = read
  return { ok: true, batch, write: (predictions) => writePredictions(predictions, kind, form) }
}

type ReadPredict = {
  readonly batch: Batch
  readonly kind: AnswerKind
  readonly form: AnswerForm
}

const large = new Set(['instances', 'inputs'])

const readWhole = (body: Uint8Array, { name, info }: NamedModel): ReadPredict | Wrong => {
  try {
    const span = bodySpan(body)
    if (!isObjectAt(body, span)) {
      parseSmall(body, 'body', span)
      return Wrong.of('The body must be a JSON object that has "instances" or "inputs"')
    }
    const members = readMembers(body, span, '', large)
    const kind = readSignature(members, info)
    if (kind instanceof Wrong) return kind
    const rows = readRows(body, members, info)
    return rows instanceof Wrong ? rows : { ...rows, kind }
  } catch (error) {
    const wrong = jsonProblem(error)
    return isV2(body) ? new Wrong(wrong.field, wrong.message, wrong.text + hint(name)) : wrong
  }
}

const hint = (name: string) => `. A body of tensors is for POST /v2/models/${name}/infer`

/** A request of the Open Inference Protocol names the type of each tensor. */
const isV2 = (body: Uint8Array) =>
  Buffer.from(body.buffer, body.byteOffset, Math.min(body.length, 4096)).includes('"datatype"')

const readRows = (body: Uint8Array, { spans }: Members, { features }: ModelInfo) => {
  const instances = spans.get('instances')
  const inputs = spans.get('inputs')
  if (instances && inputs) {
    return Wrong.of('The body must have either "instances" or "inputs", not both')
  }
  const rowsIn = (field: string, span: Span) =>
    readJsonRows(body, span, features, inOrder(features, field, 'refused'))
  if (instances) return { batch: rowsIn('instances', instances), form: 'rows' as const }
  if (inputs === undefined) return Wrong.of('"instances" or "inputs" is missing')
  if (isArrayAt(body, inputs)) return { batch: rowsIn('inputs', inputs), form: 'both' as const }
  if (!isObjectAt(body, inputs)) {
    return new Wrong('inputs', 'must be an array of rows, or an object of columns')
  }
  const options = { field: 'inputs', unknownMembers: 'refused' } as const
  return { batch: readJsonColumns(body, inputs, features, options), form: 'columns' as const }
}

/** The names of TensorFlow for the signature that a model has without another. */
const usualSignatures = new Set<unknown>([undefined, null, '', 'serving_default'])

/** Vertex AI passes on no other members than `parameters`, so the signature may stand there too. */
const readSignature = ({ values }: Members, info: ModelInfo): AnswerKind | Wrong => {
  const parameters = values.get('parameters')
  const inParameters = isRecord(parameters) ? parameters.signature_name : undefined
  const name = values.get('signature_name') ?? inParameters
  if (usualSignatures.has(name)) return 'predict'
  if (typeof name !== 'string') return new Wrong('signature_name', 'must be a string')
  const kinds = answerKinds(info)
  return (
    kinds.find((kind) => kind === name) ??
    new Wrong(
      'signature_name',
      `is "${shorten(name)}", which the model does not have. It has ${kinds.join(', ')}`,
    )
  )
}
