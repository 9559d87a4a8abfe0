import { parseDecimal } from './decimal.ts'

/** Longer texts are names, whatever they are made of: no double needs as many. */
const MAX_LENGTH = 400

/**
 * The number that a label is, if it says no more than the number does: not where it begins with a zero
 * that a number would not have (01234), nor where it has more digits than a double (9007199254740993).
 */
export function parseLabelNumber(label: string): number | undefined {
  if (label.length > MAX_LENGTH || /^[+-]?0\d/.test(label)) return undefined
  const value = parseDecimal(label)
  return value !== undefined && decimalOf(label) === decimalOf(String(value)) ? value : undefined
}

/** How a number is written, apart from its sign if it is a plus, zeros at its end, and the case of its `e`. */
export function writtenForm(label: string): string {
  const [number, exponent] = label.toLowerCase().replaceAll('+', '').split('e')
  const [whole, fraction = ''] = number.split('.')
  const digits = withoutZeros(fraction)
  const form = `${whole.replace(/^-?$/, '$&0')}${digits === '' ? '' : `.${digits}`}`
  return exponent === undefined ? form : `${form}e${exponent}`
}

/** The exact value of a decimal number: its digits, without zeros at the ends, and where the point is. */
function decimalOf(text: string): string {
  const [number, exponent = '0'] = text.trim().toLowerCase().split('e')
  const isNegative = number.startsWith('-')
  const [whole, fraction = ''] = number.replace(/^[+-]/, '').split('.')
  const all = whole + fraction
  const digits = withoutZeros(all.slice(leadingZeros(all)))
  if (digits === '') return '0'
  const point = whole.length - leadingZeros(all) + Number(exponent)
  return `${isNegative ? '-' : ''}${digits}e${point}`
}

function leadingZeros(digits: string): number {
  let count = 0
  while (digits[count] === '0') count++
  return count
}

/** By a loop: a pattern for the end of a text is tried at each place, in quadratic time. */
function withoutZeros(digits: string): string {
  let end = digits.length
  while (end > 0 && digits[end - 1] === '0') end--
  return digits.slice(0, end)
}
