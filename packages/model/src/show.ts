import { quoteText } from './quote-text.ts'

/** The most of a wrong value that an error shows. */
const MAX_SHOWN = 40

/** A wrong value as an error shows it: never much text, and never an error of its own. */
export function show(value: unknown): string {
  if (typeof value === 'string') return quoteText(value)
  const text = describe(value)
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text
}

function describe(value: unknown): string {
  switch (typeof value) {
    case 'bigint':
      return `${value}n`
    case 'function':
      return 'a function'
    case 'object':
      return value === null ? 'null' : describeObject(value)
    default:
      return String(value)
  }
}

function describeObject(value: object): string {
  try {
    if (value instanceof Date) return 'a Date'
    // What is long, or holds itself, is not worth writing out.
    if (Array.isArray(value) && value.length > MAX_SHOWN) return `an array of ${value.length}`
    return JSON.stringify(value) ?? 'an object'
  } catch {
    return 'an object'
  }
}
