import type { ApiError, ErrorCode, FieldProblem } from './schemas.ts'

/**
 * The server's error code; or that there was no answer, or one that is not dsapi's; or that another server of the Open Inference
 * Protocol has refused the request.
 */
export type DsapiErrorCode = ErrorCode | 'no_answer' | 'unexpected_answer' | 'v2_error'

type Facts = {
  readonly status: number
  readonly code: DsapiErrorCode
  readonly detail?: readonly FieldProblem[] | undefined
  readonly requestId?: string | undefined
  readonly cause?: unknown
}

/** A request that did not succeed. Its message is the server's. */
export class DsapiError extends Error {
  override readonly name = 'DsapiError'
  /** The status of the answer; 0 when there was none. */
  readonly status: number
  readonly code: DsapiErrorCode
  /** The wrong fields of an invalid request. */
  readonly detail: readonly FieldProblem[]
  /** The id under which the server has logged the request. */
  readonly requestId: string | undefined

  constructor(message: string, { status, code, detail, requestId, cause }: Facts) {
    super(message, { cause })
    this.status = status
    this.code = code
    this.detail = detail ?? []
    this.requestId = requestId
  }
}

const isApiError = (body: unknown): body is ApiError =>
  typeof body === 'object' && body !== null && 'error' in body && body.error === true

/** Reads an answer that is an error. The error of a proxy is `unexpected_answer`. */
export const errorOf = async (response: Response): Promise<DsapiError> => {
  const body: unknown = await response.json().catch(() => undefined)
  const { status } = response
  if (isApiError(body)) {
    const { code, detail, request_id: requestId } = body
    return new DsapiError(body.message, { status, code, detail, requestId })
  }
  const requestId = response.headers.get('x-request-id') ?? undefined
  const message = `The answer, of status ${status}, is not one of dsapi`
  return new DsapiError(message, { status, code: 'unexpected_answer', requestId })
}
