import type { ModelFeature } from '../../api/types.ts'
import type { Cell } from '../../snippets/literals.ts'

/** The values of the form, by the names of the features. */
export type Row = Readonly<Record<string, Cell>>

/** Where the form starts: numbers at zero, the first category, and no text. */
export const startOf = ({ type, categories }: ModelFeature): Cell => {
  if (categories !== undefined && categories[0] !== undefined) return categories[0]
  if (type === 'boolean') return false
  return type === 'text' ? '' : 0
}

export const cellsOf = (features: readonly ModelFeature[], row: Row): Cell[] =>
  features.map((feature) => row[feature.name] ?? startOf(feature))

/** Features that an axis can have. */
export const isNumeric = ({ type, categories }: ModelFeature): boolean =>
  (type === 'number' || type === 'integer') && categories === undefined
