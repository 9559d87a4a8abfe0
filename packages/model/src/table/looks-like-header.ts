import { readNumberCell } from './columns/cell-forms.ts'
import { isMissingMarker } from './missing-markers.ts'

/**
 * Whether the first line of a table has names, and not the first row: a word above numbers speaks for names; a number above
 * numbers, a text that other rows have too, and twice the same text speak against them.
 *
 * @param label a name that a column is expected to have
 */
export function looksLikeHeader(
  [first, ...rows]: readonly (readonly string[])[],
  delimiter: string,
  label?: string,
): boolean {
  if (first === undefined) return true
  const isNumber = (text: string) => readNumberCell(text, delimiter) !== undefined
  const numbers = first.filter(isNumber)
  if (rows.length === 0) return numbers.length === 0
  if (first.length > 2 && numbers.length === first.length && countUp(numbers, 1)) return true
  const named = first.filter((name) => name !== '')
  let [names, data] = [0, new Set(named).size < named.length ? 1 : 0]
  const isCounted = countUp(numbers, 2)
  let isLabelAmong = false
  for (const [j, text] of first.entries()) {
    const others = rows.map((row) => row[j] ?? '').filter((other) => !isMissingMarker(other))
    if (isMissingMarker(text) || others.length === 0) continue
    const nNumbers = others.filter(isNumber).length
    if (nNumbers >= 0.9 * others.length) {
      if (!isNumber(text)) names++
      else if (!isCounted) data++
    } else if (others.includes(text)) {
      if (text === label) isLabelAmong = true
      else data++
    }
  }
  // A class may be called as the column is.
  if (isLabelAmong && names === 0) data++
  return data === 0 || names > data
}

/** Whole numbers that go up by one, as years do, and the names of columns that have none. */
function countUp(texts: readonly string[], fewest: number): boolean {
  const first = Number(texts[0])
  return (
    texts.length >= fewest &&
    Number.isInteger(first) &&
    texts.every((text, j) => Number(text) === first + j)
  )
}
