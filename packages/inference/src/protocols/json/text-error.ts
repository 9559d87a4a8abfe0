import type { JsonSchema } from '../json-schema.ts'
import type { Problem, Written } from '../protocol.ts'
import { jsonAnswer } from './json-answer.ts'

/** Writes an error as clients of the Open Inference Protocol and of TensorFlow Serving read it: `error` is a text. */
export const writeTextError = ({ status, code, message, detail, requestId }: Problem): Written =>
  jsonAnswer(
    { error: message, code, request_id: requestId, ...(detail?.length && { detail }) },
    status,
  )

const text: JsonSchema = { type: 'string' }

/** The schema of `detail` in an error. */
export const detailSchema: JsonSchema = {
  type: 'array',
  items: {
    type: 'object',
    properties: { field: text, message: text },
    required: ['field', 'message'],
  },
}

/** The schema of what `writeTextError` writes. */
export const textErrorSchema: JsonSchema = {
  type: 'object',
  properties: { error: text, code: text, request_id: text, detail: detailSchema },
  required: ['error', 'code', 'request_id'],
}
