import { type Feature, InputError, ModelFailedError } from '@dsapi/inference'
import { ApiError, invalidBody } from '../../http/errors.ts'
import { invalidFeatures } from './predict-path.ts'

/** The answer to a path with a value that the model refuses; any other error is left as it is. */
export const rowError = (error: unknown, features: readonly Feature[]): unknown => {
  if (!(error instanceof InputError)) return error
  const { field, message } = error
  return field === undefined
    ? new ApiError('invalid_features', message)
    : invalidFeatures(features, [{ field, message }])
}

/**
 * The answer to a body with a row that the model refuses. A failure of the model gets the row's place among all instances;
 * any other error is left as it is.
 *
 * @param firstRow the number of the batch's first row among the instances
 */
export const instancesError = (error: unknown, firstRow: number): unknown => {
  if (error instanceof ModelFailedError) return atInstance(error, firstRow)
  if (!(error instanceof InputError)) return error
  const { row, field, message } = error
  const instance = row === undefined ? 'instances' : `instances[${firstRow + row}]`
  return invalidBody([{ field: field === undefined ? instance : `${instance}.${field}`, message }])
}

const atInstance = (error: ModelFailedError, firstRow: number) => {
  if (error.row === undefined) return error
  const failed = new ModelFailedError(error.message, firstRow + error.row)
  if (error.stack !== undefined) failed.stack = error.stack
  return failed
}
