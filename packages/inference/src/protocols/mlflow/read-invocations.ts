import type { Batch } from '../../batch.ts'
import type { Feature, ModelInfo } from '../../model-info.ts'
import type { AnswerKind } from '../answer-kinds.ts'
import { jsonHeaders } from '../json/json-answer.ts'
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
import { writeRowValues } from '../json/write-values.ts'
import { Wrong, WrongColumns } from '../json/wrong.ts'
import type { NamedModel, ProtocolRequest, Read } from '../protocol.ts'
import { shorten } from '../shorten.ts'
import { readContentType } from './content-type.ts'
import { readCsv } from './read-csv.ts'
import { readParams, WrongParams } from './read-params.ts'
import { readSplit } from './read-split.ts'

/** Reads a request of MLflow's scoring server (`mlflow/pyfunc/scoring_server`): JSON of four forms, or CSV. */
export const readInvocations = (request: ProtocolRequest, { info }: NamedModel): Read => {
  const bodyType = readContentType(request.headers['content-type'])
  if (!bodyType.ok) return { ok: false, message: bodyType.message, status: 415 }
  const read = readBody(request, bodyType.type, info)
  if (read instanceof Wrong) return refused(read)
  const { batch, kind } = read
  return {
    ok: true,
    batch,
    write: (predictions) => ({
      headers: jsonHeaders,
      body: encoder.encode(`{"predictions":${writeRowValues(predictions, kind)}}`),
    }),
  }
}

const encoder = new TextEncoder()

/** MLflow has a name of its own for what its schema and its parameters refuse. */
const refused = (wrong: Wrong): Read => ({
  ok: false,
  message: wrong.text,
  detail: wrong.field === '' ? [] : [{ field: wrong.field, message: wrong.message }],
  ...((wrong instanceof WrongColumns || wrong instanceof WrongParams) && {
    errorName: 'INVALID_PARAMETER_VALUE',
  }),
})

type ReadBody = { readonly batch: Batch; readonly kind: AnswerKind }

const readBody = (
  { body, platform }: ProtocolRequest,
  type: 'json' | 'csv',
  info: ModelInfo,
): ReadBody | Wrong => {
  try {
    if (type === 'json') return readJson(body, info)
    // The algorithms of SageMaker take CSV without a header.
    const mayLackHeader = platform === 'sagemaker'
    return { batch: readCsv(body, info.features, { mayLackHeader }), kind: 'predict' }
  } catch (error) {
    return jsonProblem(error)
  }
}

const forms = ['dataframe_split', 'dataframe_records', 'instances', 'inputs'] as const
const large: ReadonlySet<string> = new Set(forms)
const oneOfThem = `must be a JSON object with one of ${forms.map((form) => `"${form}"`).join(', ')}`

const readJson = (json: Uint8Array, info: ModelInfo): ReadBody | Wrong => {
  const span = bodySpan(json)
  if (!isObjectAt(json, span)) {
    const isArray = isArrayAt(json, span)
    parseSmall(json, 'body', span)
    const hint = isArray ? '. Send {"dataframe_records": […]} for an array of records' : ''
    return Wrong.of(`The body ${oneOfThem}, and is ${isArray ? 'an array' : 'none'}${hint}`)
  }
  const members = readMembers(json, span, '', large)
  const [form, other] = forms.filter((name) => members.spans.has(name))
  if (form === undefined) return Wrong.of(`The body ${oneOfThem}${foundInstead(members)}`)
  if (other !== undefined) {
    return Wrong.of(`The body ${oneOfThem}, and has both "${form}" and "${other}"`)
  }
  const kind = readParams(members.values.get('params'), info)
  if (kind instanceof Wrong) return kind
  const batch = readForm(json, form, members.spans.get(form) ?? span, info.features)
  return batch instanceof Wrong ? batch : { batch, kind }
}

const mostNames = 10

const foundInstead = ({ values }: Members) => {
  if (values.size === 0) return ', and is empty'
  const names = [...values.keys()].slice(0, mostNames).map((name) => `"${shorten(name)}"`)
  const isOld = values.has('data') && (values.has('columns') || values.has('index'))
  const hint = isOld ? '. The form of MLflow before 2.0 is sent as {"dataframe_split": {…}}' : ''
  return `, and has ${names.join(', ')}${hint}`
}

const readForm = (
  json: Uint8Array,
  form: (typeof forms)[number],
  span: Span,
  features: readonly Feature[],
): Batch | Wrong => {
  switch (form) {
    case 'dataframe_split':
      return readSplit(json, span, features)
    case 'dataframe_records':
      if (!isArrayAt(json, span)) return new Wrong(form, 'must be an array of records')
      return readJsonRows(json, span, features, {
        ...inOrder(features, form, 'ignored'),
        width: undefined,
      })
    case 'inputs':
      if (isObjectAt(json, span)) {
        return readJsonColumns(json, span, features, { field: form, unknownMembers: 'ignored' })
      }
      return readJsonRows(json, span, features, inOrder(features, form, 'ignored'))
    case 'instances':
      return readJsonRows(json, span, features, inOrder(features, form, 'ignored'))
  }
}
