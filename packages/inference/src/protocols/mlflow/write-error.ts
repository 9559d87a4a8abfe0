import { jsonAnswer } from '../json/json-answer.ts'
import { detailSchema } from '../json/text-error.ts'
import type { JsonSchema } from '../json-schema.ts'
import type { Problem, Written } from '../protocol.ts'

/** The names of MLflow's errors by their status (`mlflow/exceptions.py`). */
const names: Readonly<Record<number, string>> = {
  401: 'UNAUTHENTICATED',
  403: 'PERMISSION_DENIED',
  404: 'ENDPOINT_NOT_FOUND',
  429: 'REQUEST_LIMIT_EXCEEDED',
  500: 'INTERNAL_ERROR',
  501: 'NOT_IMPLEMENTED',
  503: 'TEMPORARILY_UNAVAILABLE',
  504: 'DEADLINE_EXCEEDED',
}

/** Writes an error as MLflow's scoring server does: clients read `error_code` and `message`. */
export const writeError = (problem: Problem): Written => {
  const { status, code, message, detail, errorName, requestId } = problem
  return jsonAnswer(
    {
      error_code: errorName ?? names[status] ?? 'BAD_REQUEST',
      message,
      code,
      request_id: requestId,
      ...(detail?.length && { detail }),
    },
    status,
  )
}

const text: JsonSchema = { type: 'string' }

/** The schema of what `writeError` writes. */
export const errorSchema: JsonSchema = {
  type: 'object',
  properties: {
    error_code: text,
    message: text,
    code: text,
    request_id: text,
    detail: detailSchema,
  },
  required: ['error_code', 'message', 'code', 'request_id'],
}
