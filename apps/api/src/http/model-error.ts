import { EngineUnavailableError, ModelFailedError } from '@dsapi/inference'
import { ApiError } from './errors.ts'

/** The answer where a model or its engine failed, if that is what an error is. Its message is only for the log. */
export const modelError = (error: unknown): ApiError | undefined => {
  if (error instanceof ModelFailedError) {
    const place = error.row === undefined ? '' : ` at row ${error.row + 1}`
    return new ApiError('model_failed', `The model failed${place}`)
  }
  if (!(error instanceof EngineUnavailableError)) return undefined
  const message =
    error.reason === 'busy'
      ? 'Too many rows wait for the model. Try again later'
      : 'The model is being started. Try again later'
  return new ApiError('unavailable', message, { headers: { 'retry-after': '1' } })
}
