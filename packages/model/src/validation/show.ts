import { quoteText } from './quote-text.ts'

/** The most of a wrong value that an error shows, in characters and in entries. */
const MAX_SHOWN = 40
const MAX_ENTRIES = 10
const MAX_DEPTH = 3

/** A wrong value as an error shows it: never much text or work, and never an error of its own. */
export function show(value: unknown): string {
  if (typeof value === 'string') return quoteText(value)
  try {
    const text = describe(value, 0)
    return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text
  } catch {
    return 'an object' // Of a kind that cannot even be looked at.
  }
}

function describe(value: unknown, depth: number): string {
  switch (typeof value) {
    case 'string':
      return quoteText(value)
    case 'bigint':
      return value < 1e20 && value > -1e20 ? `${value}n` : 'a large bigint'
    case 'function':
      return 'a function'
    case 'object':
      return value === null ? 'null' : describeObject(value, depth)
    default:
      return String(value)
  }
}

function describeObject(value: object, depth: number): string {
  if (Array.isArray(value)) {
    if (value.length > MAX_ENTRIES || depth === MAX_DEPTH) return `an array of ${value.length}`
    return `[${Array.from(value, (entry) => describe(entry, depth + 1)).join(',')}]`
  }
  const prototype = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) {
    return `a ${String(prototype.constructor.name)}`
  }
  const entries = Object.entries(value)
  if (entries.length > MAX_ENTRIES || depth === MAX_DEPTH) return 'an object'
  return `{${entries.map(([name, entry]) => `${quoteText(name)}:${describe(entry, depth + 1)}`).join(',')}}`
}
