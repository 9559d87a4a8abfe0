import type { Column } from '../frame/frame.ts'
import { TextColumn } from '../frame/text-column.ts'
import type { Label } from '../labels.ts'

/** In fewer rows a column may agree with the labels by chance. */
const FEWEST_ROWS = 100
const FEWEST_ROWS_OF_WORDS = 10

const yesNo = new Set(['yes', 'no', 'y', 'n', 'true', 'false', 't', 'f', '1', '0'])

/**
 * Whether a column says what the labels say, in other words: each of its values has one class, and each class one value. Of
 * words such as yes and no, fewer rows are needed to be sure.
 */
export function repeatsLabels(
  column: Column,
  nDistinct: number,
  classes: readonly Label[],
  nClasses: number,
): boolean {
  if (nDistinct !== nClasses || nClasses < 2) return false
  const valueAt = (row: number) => (column instanceof TextColumn ? column.at(row) : column[row])
  const valuesByClass = new Map<Label, string | number | null>()
  for (let row = 0; row < classes.length; row++) {
    const value = valueAt(row)
    const known = valuesByClass.get(classes[row])
    if (known === undefined) valuesByClass.set(classes[row], value)
    else if (known !== value) return false
  }
  const areWords = Array.from(valuesByClass).every((pair) =>
    pair.every((value) => yesNo.has(String(value).toLowerCase())),
  )
  return classes.length >= (areWords ? FEWEST_ROWS_OF_WORDS : FEWEST_ROWS)
}
