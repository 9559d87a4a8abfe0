import { ModelError } from '../errors.ts'
import { show } from '../validation/show.ts'

/** An object of JSON, whatever it holds. */
export type JsonObject = Readonly<Record<string, unknown>>

/** Refuses a model that was read. */
export const refuseModel = (message: string): never => {
  throw new ModelError('invalid_model', message)
}

/** A wrong value as an error shows it. */
export const shown = (value: unknown): string => (value === undefined ? 'missing' : show(value))

export const readObject = (value: unknown, what: string): JsonObject =>
  isObject(value) ? value : refuseModel(`${what} is ${shown(value)}; expected an object`)

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const readArray = (value: unknown, what: string, length?: number): readonly unknown[] => {
  if (!Array.isArray(value)) return refuseModel(`${what} is ${shown(value)}; expected an array`)
  if (length !== undefined && value.length !== length) {
    refuseModel(`${what} has ${value.length} entries; expected ${length}`)
  }
  return value.length === 0 ? refuseModel(`${what} is empty`) : Array.from(value) // Without holes.
}

export const readNumber = (value: unknown, what: string): number =>
  typeof value === 'number' && Number.isFinite(value)
    ? value
    : refuseModel(`${what} is ${shown(value)}; expected a finite number`)

export const readNumbers = (value: unknown, what: string, length?: number): number[] =>
  readArray(value, what, length).map((entry, i) => readNumber(entry, `${what}[${i}]`))

/** One of several words. */
export const readWord = <W extends string>(
  value: unknown,
  what: string,
  words: readonly W[],
): W => {
  const word = words.find((candidate) => candidate === value)
  const list = words.map((candidate) => JSON.stringify(candidate)).join(', ')
  return word ?? refuseModel(`${what} is ${shown(value)}; expected one of ${list}`)
}

/** Reads a part of a file, and names that part in an error. */
export const within = <T>(part: string, read: () => T): T => {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof ModelError)) throw error
    throw new ModelError(error.code, `${part}: ${error.message}`, error.facts)
  }
}
