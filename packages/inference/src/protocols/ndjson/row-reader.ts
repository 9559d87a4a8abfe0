import type { Feature } from '../../model-info.ts'
import type { Row } from '../../row.ts'
import { parseFeatures, parseValues } from '../dsapi-json/features.ts'
import { problemOf } from '../row-problem.ts'
import type { UnknownMembers } from '../rows-protocol.ts'
import { shorten } from '../shorten.ts'

/**
 * Reads one row of JSON: an array of values, or an object with a member for each feature.
 *
 * @returns the row, or in one short text why there is none
 */
export const readLine = (
  features: readonly Feature[],
  line: string,
  unknownMembers: UnknownMembers,
): Row | string => {
  const value = parseJson(line)
  if (value === undefined) return 'is not valid JSON'
  const isArray = Array.isArray(value)
  if (isArray && value.length !== features.length) {
    return `has ${value.length} of ${features.length} values`
  }
  const parsed = isArray
    ? parseValues(features, value, 1)
    : parseFeatures(features, value, { unknownMembers, mostProblems: 1 })
  if (parsed.ok) return parsed.row
  const [{ field, message }] = parsed.problems
  return problemOf(`${shorten(field)} ${shorten(message, 100)}`.trim(), 1 + parsed.more)
}

const parseJson = (line: string): unknown => {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}
