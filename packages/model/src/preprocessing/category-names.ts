import type { Cell } from '../frame/cell.ts'

/**
 * The name of each category as scikit-learn writes it in the names of columns: Python's `str`. Numbers are whole ones
 * for pandas, written `1`, where all are whole and none is missing; else they are written `1.0`. A missing value is `nan`.
 */
export function categoryNames(categories: readonly Cell[]): string[] {
  const isWhole = categories.every(Number.isSafeInteger)
  return categories.map((category) => {
    if (category === null) return 'nan'
    if (typeof category === 'string' || isWhole) return String(category)
    return pythonFloat(category)
  })
}

/**
 * A double as Python writes it: the shortest digits that read back to the same, as JavaScript's, but with an exponent from
 * 1e16 on and below 1e-4.
 */
function pythonFloat(value: number): string {
  if (Number.isNaN(value)) return 'nan'
  const [digits, exponent] = value.toExponential().split('e')
  const power = Number(exponent)
  if (value === 0 || (power >= -4 && power < 16)) {
    const text = String(value)
    if (!text.includes('e')) return text.includes('.') ? text : `${text}.0`
    const decimals = digits.replace('-', '').length - (digits.includes('.') ? 2 : 1) - power
    return value.toFixed(Math.max(decimals, 1))
  }
  const size = String(Math.abs(power)).padStart(2, '0')
  return `${digits}e${power < 0 ? '-' : '+'}${size}`
}
