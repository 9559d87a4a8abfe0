import { readPathRow } from '@dsapi/inference'
import { ApiError } from '../../http/errors.ts'
import { predictPath } from '../../http/request-target.ts'

type ReadRow =
  | { readonly ok: true; readonly row: readonly number[] }
  | { readonly ok: false; readonly error: ApiError }

/**
 * Reads `/predict/feature_a/1.0/feature_b/1.0` as a row for a model with these features. An error says that
 * the path is not there, for other names, or which of the values are no numbers.
 */
export const readRow = (names: readonly string[], path: string): ReadRow => {
  const read = readPathRow(names, path.slice(predictPath.length))
  if (read.ok) return read
  if (read.reason === 'names') return { ok: false, error: notFound(names) }
  const message = 'Input features were not valid floats'
  const { problems: detail } = read
  return { ok: false, error: new ApiError('invalid_features', message, { detail }) }
}

const notFound = (names: readonly string[]) => {
  const expected = names.map((name) => `/${name}/{number}`).join('')
  return new ApiError('not_found', `Not found. The path for this model is /predict${expected}`)
}
