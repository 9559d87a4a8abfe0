import { type FieldProblem, parseDecimal } from '@dsapi/registry'
import { ApiError } from '../../http/errors.ts'

export const predictPath = '/predict/'

type ReadRow =
  | { readonly ok: true; readonly row: readonly number[] }
  | { readonly ok: false; readonly error: ApiError }

/**
 * Reads `/predict/feature_a/1.0/feature_b/1.0` as a row for a model with these features. An error says that
 * the path is not there, for other names, or which of the values are no numbers.
 */
export const readRow = (names: readonly string[], path: string): ReadRow => {
  const parts = path.slice(predictPath.length).split('/')
  if (!isOurs(names, parts)) return { ok: false, error: notFound(names) }
  const row: number[] = []
  const detail: FieldProblem[] = []
  for (let i = 0; i < names.length; i++) {
    const value = parseDecimal(decode(parts[2 * i + 1]))
    if (value === undefined) {
      detail.push({ field: names[i], message: 'must be a finite decimal number' })
    } else row.push(value)
  }
  if (detail.length === 0) return { ok: true, row }
  const message = 'Input features were not valid floats'
  return { ok: false, error: new ApiError('invalid_features', message, { detail }) }
}

const isOurs = (names: readonly string[], parts: readonly string[]) =>
  parts.length === 2 * names.length && names.every((name, i) => decode(parts[2 * i]) === name)

const notFound = (names: readonly string[]) => {
  const expected = names.map((name) => `/${name}/{number}`).join('')
  return new ApiError('not_found', `Not found. The path for this model is /predict${expected}`)
}

const decode = (part: string) => {
  if (!part.includes('%')) return part
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
