import { parseDecimal } from '@dsapi/model'
import type { FieldProblem } from '../protocol.ts'

/** The row in a path; or that the names are others, or which of the values are no numbers. */
export type PathRow =
  | { readonly ok: true; readonly row: readonly number[] }
  | { readonly ok: false; readonly reason: 'names' }
  | { readonly ok: false; readonly reason: 'values'; readonly problems: readonly FieldProblem[] }

/** Reads `feature_a/1.0/feature_b/1.0` as a row for a model with these features. */
export const readPathRow = (names: readonly string[], path: string): PathRow => {
  const parts = path.split('/')
  if (!areNamed(names, parts)) return { ok: false, reason: 'names' }
  const row: number[] = []
  const problems: FieldProblem[] = []
  for (let i = 0; i < names.length; i++) {
    const value = parseDecimal(decode(parts[2 * i + 1]))
    if (value === undefined) {
      problems.push({ field: names[i], message: 'must be a finite decimal number' })
    } else row.push(value)
  }
  return problems.length === 0 ? { ok: true, row } : { ok: false, reason: 'values', problems }
}

const areNamed = (names: readonly string[], parts: readonly string[]) =>
  parts.length === 2 * names.length && names.every((name, i) => decode(parts[2 * i]) === name)

const decode = (part: string) => {
  if (!part.includes('%')) return part
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
