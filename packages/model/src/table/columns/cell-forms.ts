import { parseDecimal } from '../decimal.ts'
import { readDate } from './read-date.ts'

/** How the cells of a column are written. */
export type FormName =
  | 'number'
  | 'decimal comma'
  | 'thousands separator'
  | 'boolean'
  | 'date'
  | 'date, day first'
  | 'date, month first'

/** A way of writing numbers, or what becomes numbers. */
export interface CellForm {
  readonly name: FormName
  /** The number of a cell; undefined where it is written otherwise. */
  readonly read: (text: string) => number | undefined
}

const groups = /^[+-]?\d{1,3}(?:,\d{3})+(?:\.\d*)?$/
const pointGroups = /^[+-]?\d{1,3}(?:\.\d{3})+(?:,\d*)?$/

/** Numbers with a decimal point. */
export const number: CellForm = { name: 'number', read: parseDecimal }

const thousands: CellForm = {
  name: 'thousands separator',
  read: (text) =>
    parseDecimal(isShort(text) && groups.test(text) ? text.replaceAll(',', '') : text),
}

const decimalComma: CellForm = {
  name: 'decimal comma',
  read: (text) => {
    if (!text.includes(',')) return parseDecimal(text)
    if (!isShort(text)) return undefined
    const whole = pointGroups.test(text) ? text.replaceAll('.', '') : text
    return whole.includes('.') ? undefined : parseDecimal(whole.replace(',', '.'))
  },
}

const boolean: CellForm = { name: 'boolean', read: readBoolean }

const dates: readonly CellForm[] = [
  { name: 'date', read: (text) => readDate(text, 'year first') },
  { name: 'date, month first', read: (text) => readDate(text, 'month first') },
  { name: 'date, day first', read: (text) => readDate(text, 'day first') },
]

const isShort = (text: string) => text.length < 400

function readBoolean(text: string): number | undefined {
  if (text.length > 5) return undefined
  const word = text.toLowerCase()
  if (word === 'true') return 1
  return word === 'false' ? 0 : undefined
}

/** A zero before other digits: part of a code, such as a postal code, which a number would lose. */
const isCode = (text: string) => /^0\d+$/.test(text.slice(0, 20))

/** All forms, in the order in which they are tried. */
const formsFor = (delimiter: string): readonly CellForm[] => [
  ...numberForms(delimiter),
  boolean,
  ...dates,
]

/**
 * The forms of numbers. A comma in 1,234 separates thousands where commas also separate fields, and is a decimal comma
 * elsewhere.
 */
export const numberForms = (delimiter: string): readonly CellForm[] =>
  delimiter === ',' ? [number, thousands, decimalComma] : [number, decimalComma, thousands]

/**
 * Finds how all cells of a column are written, as numbers or as what becomes numbers.
 *
 * @param texts the different cells, without missing ones
 * @returns undefined for texts
 */
export function findForm(texts: readonly string[], delimiter: string): CellForm | undefined {
  if (texts.length === 0 || texts.some(isCode)) return undefined
  return formsFor(delimiter).find(({ read }) => texts.every((text) => read(text) !== undefined))
}

/**
 * Reads one cell as a number, in any form that becomes one: 1,5 and 2026-01-31 and True too.
 *
 * @param delimiter what separates the fields of the file
 * @returns undefined for text
 *
 * @example
 * readNumberCell('1,5', ';') // 1.5
 */
export function readNumberCell(text: string, delimiter: string): number | undefined {
  if (typeof text !== 'string') return undefined
  for (const { read } of formsFor(delimiter)) {
    const value = read(text)
    if (value !== undefined) return value
  }
  return undefined
}
