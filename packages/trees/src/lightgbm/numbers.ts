import { decimalAt } from '../document/decimal.ts'
import { brokenLine, type Lines, type Piece } from './lines.ts'

const SPACE = 32
const isSpace = (byte: number) => byte === SPACE || byte === 9

/** Which part of the file is read, for errors. */
export interface Section {
  readonly lines: Lines
  readonly fields: ReadonlyMap<string, Piece>
  /** The beginning of the section. */
  readonly start: Piece
  readonly tree?: number
}

export function fieldOf({ fields, start, tree }: Section, name: string): Piece {
  const found = fields.get(name)
  if (found === undefined) throw brokenLine(start, `${name} is missing`, tree)
  return found
}

/** Numbers with spaces between them. They are counted before an array is made of them. */
export function numbersOf(section: Section, name: string, count: number): Float64Array {
  checkCount(section, name, count)
  const field = fieldOf(section, name)
  const { bytes } = section.lines
  const values = new Float64Array(count)
  let at = field.start
  for (let i = 0; i < count; i++) {
    while (isSpace(bytes[at])) at++
    const from = at
    while (at < field.end && !isSpace(bytes[at])) at++
    const value = decimalAt(bytes, from, at)
    if (value === undefined) {
      const place = { ...field, start: from }
      throw brokenLine(place, `Entry ${i} of ${name} is not a number`, section.tree)
    }
    values[i] = value
  }
  return values
}

/** Throws unless a field has so many numbers. */
export function checkCount(section: Section, name: string, count: number): void {
  const field = fieldOf(section, name)
  const found = countTokens(section.lines.bytes, field)
  if (found !== count)
    throw brokenLine(field, `${name} has ${found} numbers, but has to have ${count}`, section.tree)
}

/** The same where each has to be a whole number in a range. */
export function integersOf(
  section: Section,
  name: string,
  count: number,
  [lowest, highest]: readonly [number, number],
): Float64Array {
  const values = numbersOf(section, name, count)
  for (let i = 0; i < count; i++) {
    const value = values[i]
    if (Number.isInteger(value) && value >= lowest && value <= highest) continue
    const problem = `Entry ${i} of ${name} is ${value}, but has to be a whole number from ${lowest} to ${highest}`
    throw brokenLine(fieldOf(section, name), problem, section.tree)
  }
  return values
}

export function integerOf(
  section: Section,
  name: string,
  range: readonly [number, number],
): number {
  return integersOf(section, name, 1, range)[0]
}

export function countTokens(bytes: Uint8Array, { start, end }: Piece): number {
  let count = 0
  for (let i = start; i < end; i++) {
    if (!isSpace(bytes[i]) && (i === start || isSpace(bytes[i - 1]))) count++
  }
  return count
}
