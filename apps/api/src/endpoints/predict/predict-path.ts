import {
  type Feature,
  type FieldProblem,
  type ModelInfo,
  type Row,
  readPathRow,
} from '@dsapi/inference'
import { ApiError } from '../../http/errors.ts'

type ReadRow =
  | { readonly ok: true; readonly row: Row }
  | { readonly ok: false; readonly error: ApiError }

/**
 * Reads `feature_a/1.0/feature_b/1.0` as a row for a model. An error says that the path is not there, for other names, or
 * which of the values are wrong.
 *
 * @param base what the path begins with, such as `/predict/`
 */
export const readRow = ({ features }: ModelInfo, path: string, base: string): ReadRow => {
  const read = readPathRow(features, path.slice(base.length))
  if (read.ok) return read
  const error =
    read.reason === 'names' ? notFound(features, base) : invalidFeatures(features, read.problems)
  return { ok: false, error }
}

/** The error for a path with values that are wrong. */
export const invalidFeatures = (
  features: readonly Feature[],
  detail: readonly FieldProblem[],
): ApiError => {
  const areFloats = features.every(({ type }) => type === 'number')
  const message = `Input features were not valid${areFloats ? ' floats' : ''}`
  return new ApiError('invalid_features', message, { detail })
}

/** A model may have thousands of features. */
const mostNamed = 100

const notFound = (features: readonly Feature[], base: string) => {
  const named = features.slice(0, mostNamed)
  const expected = named.map(({ name, type }) => `${name}/{${type}}`).join('/')
  const more = features.length > mostNamed ? '/…' : ''
  const missing = features.some(({ nullable }) => nullable)
    ? '. A feature whose value may be missing may be left out'
    : ''
  return new ApiError(
    'not_found',
    `Not found. The path for this model is ${base}${expected}${more}${missing}`,
  )
}
