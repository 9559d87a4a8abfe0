import { parseDecimal } from '@dsapi/model'
import { isRecord } from '../../is-record.ts'
import type { FieldProblem } from '../protocol.ts'

/** One row for the model, in the order of its features, or all that is wrong with it. */
export type ParsedFeatures =
  | { readonly ok: true; readonly row: readonly number[] }
  | {
      readonly ok: false
      /** The first of them. */
      readonly problems: readonly FieldProblem[]
      /** How many there are besides. */
      readonly more: number
    }

/** Reads a number that was given as a number or as text. */
export const readNumber = (value: unknown): number | undefined => {
  if (typeof value === 'string') return parseDecimal(value)
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined
}

/** What is wrong with a value that is no number. */
export const wrongNumber = (value: unknown) => {
  if (value === undefined) return 'is missing'
  return `must be a finite decimal number, but is ${describe(value)}`
}

const describe = (value: unknown) => {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'an array'
  if (typeof value === 'number') return 'too large for a double'
  return typeof value === 'string' ? 'other text' : `a value of type ${typeof value}`
}

/**
 * Reads `{ feature_a: 1.3, feature_b: "-3.2" }` as a row for a model. Numbers may be given as text;
 * members that are no features are left alone.
 *
 * @param names the model's features, in its order
 * @param mostProblems how many problems are listed at most: a model may have thousands of features
 */
export const parseFeatures = (
  names: readonly string[],
  value: unknown,
  mostProblems = 20,
): ParsedFeatures => {
  if (!isRecord(value)) {
    const message = `must be an object with the members ${listed(names)}`
    return { ok: false, problems: [{ field: '', message }], more: 0 }
  }
  const row: number[] = []
  const problems: FieldProblem[] = []
  let more = 0
  for (const field of names) {
    const given = Object.hasOwn(value, field) ? value[field] : undefined
    const number = readNumber(given)
    if (number !== undefined) row.push(number)
    else if (problems.length < mostProblems) problems.push({ field, message: wrongNumber(given) })
    else more++
  }
  return problems.length === 0 ? { ok: true, row } : { ok: false, problems, more }
}

/** How many names a text lists. */
const mostListed = 20

const listed = (names: readonly string[]) => {
  const more = names.length - mostListed
  return `${names.slice(0, mostListed).join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}
