import type { Feature } from '../../model-info.ts'
import type { Cell, Row } from '../../row.ts'
import type { FieldProblem } from '../protocol.ts'
import { expectedValue, readValue } from '../read-value.ts'

/** The row in a path; or that the names are others, or which of the values are wrong. */
export type PathRow =
  | { readonly ok: true; readonly row: Row }
  | { readonly ok: false; readonly reason: 'names' }
  | { readonly ok: false; readonly reason: 'values'; readonly problems: readonly FieldProblem[] }

/**
 * Reads `feature_a/1.0/feature_b/1.0` as a row for a model. The names stand in the order of the model's features. One
 * whose value may be missing may be left out.
 */
export const readPathRow = (features: readonly Feature[], path: string): PathRow => {
  const parts = path.split('/')
  if (parts.length > 2 * features.length) return { ok: false, reason: 'names' }
  const row: Cell[] = []
  const problems: FieldProblem[] = []
  let at = 0
  for (const feature of features) {
    if (at + 1 >= parts.length || decode(parts[at]) !== feature.name) {
      if (!feature.nullable) return { ok: false, reason: 'names' }
      row.push(null)
      continue
    }
    const text = decode(parts[at + 1])
    const cell = text === '' ? undefined : readValue(feature, text)
    if (cell === undefined) {
      const isText = feature.type === 'text'
      const message = isText ? 'must not be empty' : `must be ${expectedValue(feature)}`
      problems.push({ field: feature.name, message })
    } else row.push(cell)
    at += 2
  }
  if (at === 0 || at !== parts.length) return { ok: false, reason: 'names' }
  return problems.length === 0 ? { ok: true, row } : { ok: false, reason: 'values', problems }
}

const decode = (part: string) => {
  if (!part.includes('%')) return part
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
