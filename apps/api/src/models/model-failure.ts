import { EngineUnavailableError, InputError } from '@dsapi/inference'
import { ApiError, statuses } from '../http/errors.ts'

/**
 * Whether a model has failed, and not its client: what was sent is wrong, it is too much, or nobody waits for the answer
 * any more.
 */
export const isModelFailure = (error: unknown): boolean => {
  if (error instanceof InputError) return false
  if (error instanceof EngineUnavailableError) return error.reason === 'notRunning'
  return !(error instanceof ApiError) || statuses[error.code] === statuses.internal
}
