import { isRecord } from '../../is-record.ts'
import type { Feature } from '../../model-info.ts'
import type { Row } from '../../row.ts'
import type { FieldProblem } from '../protocol.ts'
import { readValue, wrongValue } from '../read-value.ts'
import type { UnknownMembers } from '../rows-protocol.ts'
import { shorten } from '../shorten.ts'

/** One row for the model, in the order of its features, or all that is wrong with it. */
export type ParsedFeatures =
  | { readonly ok: true; readonly row: Row }
  | {
      readonly ok: false
      /** The first of them. */
      readonly problems: readonly FieldProblem[]
      /** How many there are besides. */
      readonly more: number
    }

type ParseOptions = {
  readonly unknownMembers: UnknownMembers
  /** How many problems are listed at most: a model may have thousands of features. */
  readonly mostProblems?: number
}

const usuallyListed = 20

/**
 * Reads `{ feature_a: 1.3, feature_b: "-3.2" }` as a row for a model. An absent member stands for a missing value.
 *
 * @param features the model's, in its order
 */
export const parseFeatures = (
  features: readonly Feature[],
  value: unknown,
  { unknownMembers, mostProblems = usuallyListed }: ParseOptions,
): ParsedFeatures => {
  if (!isRecord(value)) {
    const message = `must be an object with the members ${listed(features)}`
    return { ok: false, problems: [{ field: '', message }], more: 0 }
  }
  const ready = readReady(features, value, unknownMembers)
  if (ready !== undefined) return { ok: true, row: ready }
  let known = 0
  const parsed = readEach(features, mostProblems, ({ name }) => {
    if (!Object.hasOwn(value, name)) return undefined
    known++
    return value[name]
  })
  if (unknownMembers === 'ignored') return parsed
  const members = Object.keys(value)
  return members.length === known ? parsed : refuseUnknown(features, members, parsed, mostProblems)
}

/** The usual case, in half the time: every feature has a number, and nothing else is there. What is inherited is no number. */
const readReady = (
  features: readonly Feature[],
  value: Readonly<Record<string, unknown>>,
  unknownMembers: UnknownMembers,
): Row | undefined => {
  const row: number[] = []
  for (let j = 0; j < features.length; j++) {
    const { type, name } = features[j]
    const given = value[name]
    if (type !== 'number' || typeof given !== 'number' || !Number.isFinite(given)) return undefined
    row.push(given)
  }
  const isWhole = unknownMembers === 'ignored' || Object.keys(value).length === features.length
  return isWhole ? row : undefined
}

/** Reads `[1.3, "-3.2"]`, with one value for each feature, as a row for a model. */
export const parseValues = (
  features: readonly Feature[],
  values: readonly unknown[],
  mostProblems: number = usuallyListed,
): ParsedFeatures =>
  // The usual case, which needs no reading.
  isReady(features, values)
    ? { ok: true, row: values }
    : readEach(features, mostProblems, (_, place) => values[place])

const isReady = (
  features: readonly Feature[],
  values: readonly unknown[],
): values is readonly number[] => {
  for (let j = 0; j < features.length; j++) {
    if (features[j].type !== 'number' || !Number.isFinite(values[j])) return false
  }
  return true
}

const readEach = (
  features: readonly Feature[],
  mostProblems: number,
  givenFor: (feature: Feature, place: number) => unknown,
): ParsedFeatures => {
  const row: Row[number][] = []
  const problems: FieldProblem[] = []
  let more = 0
  for (const [place, feature] of features.entries()) {
    const given = givenFor(feature, place)
    const cell = readValue(feature, given)
    if (cell !== undefined) row.push(cell)
    else if (problems.length < mostProblems) {
      problems.push({ field: feature.name, message: wrongValue(feature, given) })
    } else more++
  }
  return problems.length === 0 ? { ok: true, row } : { ok: false, problems, more }
}

/** A typing error in a name must not become a missing value. */
const refuseUnknown = (
  features: readonly Feature[],
  members: readonly string[],
  parsed: ParsedFeatures,
  mostProblems: number,
): ParsedFeatures => {
  const names = new Set(features.map(({ name }) => name))
  const unknown = members.filter((name) => !names.has(name))
  const others = parsed.ok ? [] : parsed.problems
  const all = [
    ...unknown.slice(0, mostProblems).map((name) => ({
      field: shorten(name),
      message: 'is not a feature of the model',
    })),
    ...others,
  ]
  const count = unknown.length + others.length + (parsed.ok ? 0 : parsed.more)
  const problems = all.slice(0, mostProblems)
  return { ok: false, problems, more: count - problems.length }
}

/** How many names a text lists. */
const mostListed = 20

const listed = (features: readonly Feature[]) => {
  const more = features.length - mostListed
  const names = features.slice(0, mostListed).map(({ name }) => name)
  return `${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}
