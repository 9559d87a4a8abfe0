import type { ColumnKind } from '../frame/cell.ts'
import {
  type JsonObject,
  readArray,
  readObject,
  readWord,
  refuseModel,
  shown,
} from './read-json.ts'

/**
 * Reads the first members of a file.
 *
 * @throws {ModelError} `invalid_model` when it is of another format, or of a version that this package does not know
 */
export function readHeader(value: unknown, expected: string, version = 1): JsonObject {
  const json = readObject(value, `the ${expected.replace('dsapi-', '').replaceAll('-', ' ')}`)
  readWord(json.format, 'format', [expected])
  if (json.formatVersion === version) return json
  const isNewer = typeof json.formatVersion === 'number' && json.formatVersion > version
  const reason = isNewer ? ': the file was written by a newer version of this package' : ''
  return refuseModel(`formatVersion is ${shown(json.formatVersion)}; expected ${version}${reason}`)
}

/** Names of different columns. */
export function readNames(value: unknown, what: string): string[] {
  const names = readArray(value, what).map((name, j) =>
    typeof name === 'string' ? name : refuseModel(`${what}[${j}] is ${shown(name)}; expected text`),
  )
  checkDifferent(names, what)
  return names
}

export function readName(name: unknown, what: string): string {
  return typeof name === 'string'
    ? name
    : refuseModel(`${what}.name is ${shown(name)}; expected text`)
}

export function readKind(kind: unknown, what: string): ColumnKind {
  return readWord(kind, `${what}.kind`, ['number', 'text'])
}

export function readBoolean(value: unknown, what: string): boolean {
  return typeof value === 'boolean'
    ? value
    : refuseModel(`${what} is ${shown(value)}; expected true or false`)
}

/** @throws {ModelError} `invalid_model` when a name is there twice */
export function checkDifferent(names: readonly string[], what: string): void {
  const seen = new Set<string>()
  for (const name of names) {
    if (seen.has(name)) refuseModel(`${what} has ${shown(name)} twice; expected each once`)
    seen.add(name)
  }
}
