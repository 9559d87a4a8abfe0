import { isRecord } from '../is-record.ts'
import type { Feature } from '../model-info.ts'
import { parseFeatures, parseValues } from '../protocols/dsapi-json/features.ts'
import { shorten } from '../protocols/shorten.ts'
import type { Row } from '../row.ts'
import type { FileOfSamples } from './read-csv-samples.ts'
import { WrongSamplesError } from './samples.ts'

const members = ['rows', 'expected', 'tolerance', 'mayDiffer']

/** @throws WrongSamplesError */
export const readJsonSamples = (text: string, features: readonly Feature[]): FileOfSamples => {
  const json = parse(text)
  const unknown = Object.keys(json).find((name) => !members.includes(name))
  if (unknown !== undefined) {
    throw wrong(
      `have the member ${JSON.stringify(shorten(unknown))}; known are ${members.join(', ')}`,
    )
  }
  const { rows, expected, tolerance, mayDiffer = 0 } = json
  if (!Array.isArray(rows)) throw wrong('have no array `rows`')
  if (!Array.isArray(expected)) throw wrong('have no array `expected`')
  const isShare = typeof mayDiffer === 'number' && mayDiffer >= 0 && mayDiffer <= 1
  if (!isShare) throw wrong('have a `mayDiffer` that is no share of the rows, from 0 to 1')
  const read = rows.map((row: unknown) => () => readRow(features, row))
  if (tolerance === undefined) return { rows: read, expected, mayDiffer }
  if (typeof tolerance === 'number' && tolerance >= 0 && Number.isFinite(tolerance)) {
    return { rows: read, expected, mayDiffer, tolerance }
  }
  throw wrong('have a `tolerance` that is no number from 0 on')
}

const parse = (text: string): Readonly<Record<string, unknown>> => {
  try {
    const json: unknown = JSON.parse(text)
    if (isRecord(json)) return json
  } catch (error) {
    throw wrong(`are not valid JSON: ${error instanceof Error ? error.message : String(error)}`)
  }
  throw wrong('are no JSON object')
}

const readRow = (features: readonly Feature[], row: unknown): Row | string => {
  const isArray = Array.isArray(row)
  if (isArray && row.length !== features.length) {
    return `has ${row.length} of ${features.length} values`
  }
  const parsed = isArray
    ? parseValues(features, row, 1)
    : parseFeatures(features, row, { unknownMembers: 'refused', mostProblems: 1 })
  if (parsed.ok) return parsed.row
  const [{ field, message }] = parsed.problems
  return `is wrong: ${shorten(field)} ${message}`
}

const wrong = (problem: string) => new WrongSamplesError(`The samples ${problem}`)
