import { DsapiError, type DsapiErrorCode } from '../dsapi-error.ts'
import type { FieldProblem } from '../schemas.ts'

type V2Error = {
  readonly error: string
  /** The others are dsapi's. */
  readonly code?: DsapiErrorCode
  readonly request_id?: string
  readonly detail?: readonly FieldProblem[]
}

const isV2Error = (body: unknown): body is V2Error =>
  typeof body === 'object' && body !== null && 'error' in body && typeof body.error === 'string'

/** Reads an error of the Open Inference Protocol. The code of another server's is `v2_error`. */
export const v2ErrorOf = async (response: Response): Promise<DsapiError> => {
  const body: unknown = await response.json().catch(() => undefined)
  const { status } = response
  if (isV2Error(body)) {
    const { error, code = 'v2_error', detail, request_id: requestId } = body
    return new DsapiError(error, { status, code, detail, requestId })
  }
  const message = `The answer, of status ${status}, is not one of the Open Inference Protocol`
  return new DsapiError(message, { status, code: 'unexpected_answer' })
}
