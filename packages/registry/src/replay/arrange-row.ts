import { type Cell, expectedValue, type Feature, type Row } from '@dsapi/inference'

/** A row in the order of other features, or why it cannot be one. */
export type ArrangedRow =
  | { readonly ok: true; readonly row: Row }
  | { readonly ok: false; readonly problem: string }

/**
 * Makes the function that arranges a row of one version's features for another version. A feature that the row does not
 * have is missing in it.
 *
 * @param names the features of the row, in its order
 * @param features those that are asked for
 */
export const createArrangement = (
  names: readonly string[],
  features: readonly Feature[],
): ((row: Row) => ArrangedRow) => {
  const places = features.map(({ name }) => names.indexOf(name))
  return (row) => {
    const cells: Cell[] = []
    for (const [j, feature] of features.entries()) {
      const cell = places[j] === -1 ? null : row[places[j]]
      if (cell === null && !feature.nullable) {
        return { ok: false, problem: `${feature.name} is missing` }
      }
      if (cell !== null && !fits(feature, cell)) {
        return { ok: false, problem: `${feature.name} is not ${expectedValue(feature)}` }
      }
      cells.push(cell)
    }
    return { ok: true, row: cells }
  }
}

const fits = ({ type }: Feature, cell: number | string): boolean => {
  if (type === 'text') return typeof cell === 'string'
  if (typeof cell !== 'number') return false
  if (type === 'boolean') return cell === 0 || cell === 1
  return type === 'number' || Number.isInteger(cell)
}
