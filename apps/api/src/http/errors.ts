import type { FieldProblem, Protocol, Written } from '@dsapi/inference'
import type { RefusalCode } from '@dsapi/registry'
import type { Context } from 'hono'
import { prefers } from './accept.ts'
import { answerWritten } from './answer-written.ts'
import type { Env } from './env.ts'

/** The status of each error. */
export const statuses = {
  missing_api_key: 401,
  invalid_api_key: 401,
  no_session: 401,
  forbidden: 403,
  cross_site: 403,
  insecure_transport: 403,
  rate_limited: 429,
  too_many_jobs: 429,
  invalid_features: 400,
  invalid_body: 400,
  invalid_query: 400,
  invalid_request: 400,
  body_too_large: 413,
  request_timeout: 408,
  not_found: 404,
  not_ready: 404,
  method_not_allowed: 405,
  conflict: 409,
  gone: 410,
  idempotency_conflict: 422,
  model_refused: 422,
  unsupported_media_type: 415,
  queue_full: 503,
  prediction_failed: 500,
  model_failed: 500,
  unavailable: 503,
  internal: 500,
  not_implemented: 501,
  deadline_exceeded: 504,
} as const

/** What went wrong, in a word that clients may rely on. */
export type ErrorCode = keyof typeof statuses

type Facts = {
  /** Why a file was not added as a model, in a word. */
  readonly reason?: RefusalCode
  readonly detail?: readonly FieldProblem[]
  /** What the protocol of the path calls it, where it has several names for one status. */
  readonly errorName?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** An error that is the answer to a request. A handler may throw it anywhere. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly code: ErrorCode
  readonly facts: Facts

  constructor(code: ErrorCode, message: string, facts: Facts = {}) {
    super(message)
    this.code = code
    this.facts = facts
  }
}

/** A body whose members are not what they should be, and which of them. */
export const invalidBody = (detail: readonly FieldProblem[]): ApiError =>
  new ApiError('invalid_body', 'Invalid request body', { detail })

/** The body of an error, as JSON, in the form that the example's clients know. */
export const errorBody = (error: ApiError, requestId: string) => ({
  error: true,
  message: error.message,
  status: statuses[error.code],
  code: error.code,
  ...(error.facts.reason && { reason: error.facts.reason }),
  ...(error.facts.detail && { detail: error.facts.detail }),
  request_id: requestId,
})

/** The same facts as a problem document (RFC 9457, section 3). */
export const problemBody = (error: ApiError, requestId: string) => ({
  type: `urn:dsapi:error:${error.code}`,
  title: error.message,
  status: statuses[error.code],
  code: error.code,
  ...(error.facts.reason && { reason: error.facts.reason }),
  ...(error.facts.detail && { errors: error.facts.detail }),
  request_id: requestId,
})

/** An error in the form of a protocol. */
export const errorIn = (
  protocol: Protocol,
  { code, message, facts: { detail, errorName } }: ApiError,
  requestId: string,
  status: number = statuses[code],
): Written => protocol.error({ status, code, message, detail, errorName, requestId })

/** Turns an error into an answer: in the form of the protocol whose path it is, else as the client asks for it. */
export const answerError = (context: Context<Env>, error: ApiError): Response => {
  const { requestId } = context.get('trace')
  const status = statuses[error.code]
  const protocol = context.get('protocol')
  for (const [name, value] of Object.entries(error.facts.headers ?? {})) context.header(name, value)
  if (protocol) return answerWritten(context, errorIn(protocol, error, requestId))
  if (!prefers(context.req.header('accept'), ['application/problem+json'], 'application/json')) {
    return context.json(errorBody(error, requestId), status)
  }
  context.header('content-type', 'application/problem+json')
  return context.body(JSON.stringify(problemBody(error, requestId)), status)
}
