import { ThreadEnded } from '@dsapi/inference/threads'
import { ApiError, type ErrorCode } from '../../http/errors.ts'

/** What is read and answered on the spot: it takes less than a millisecond. */
export const smallBytes = 32_768
/** How many bodies of one owner may wait for a thread: they take their clients' time. */
export const mostWaiting = 16

/** What a large request is answered while too many others wait. */
export const tooMany = (): ApiError =>
  new ApiError('unavailable', 'Too many large requests at once: try again', {
    headers: { 'retry-after': '1' },
  })

/**
 * What a request is answered whose thread has ended; any other error is left as it is.
 *
 * @param lateCode the code of an error for one that takes too long
 */
export const threadError = (
  error: unknown,
  timeLimitMs: number,
  lateCode: ErrorCode = 'body_too_large',
): unknown => {
  if (!(error instanceof ThreadEnded)) return error
  if (error.reason === 'timeLimit') {
    const message = `Predicting the rows took longer than ${timeLimitMs / 1000} seconds: send fewer at a time`
    return new ApiError(lateCode, message)
  }
  if (error.reason === 'outOfMemory') {
    const message = 'Predicting the rows takes more memory than there is: send fewer at a time'
    return new ApiError('body_too_large', message)
  }
  return error.reason === 'died' ? error : tooMany()
}
