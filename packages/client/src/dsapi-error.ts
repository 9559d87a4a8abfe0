import type { ApiError, ErrorCode, FieldProblem } from './schemas.ts'

/** A server's own word for what went wrong; or that there was no answer, or none that dsapi gives. */
export type DsapiErrorCode = ErrorCode | 'no_answer' | 'unexpected_answer'

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
  /** What is wrong, field by field, where the request was. */
  readonly detail: readonly FieldProblem[]
  /** Under which the server has logged it. */
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

/** Reads an answer that is no success. What a proxy says in its own words is `unexpected_answer`. */
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
