import { BatchFormatError } from '../../batches/batch-input.ts'
import { shorten } from '../shorten.ts'

/** How many missing columns an error names. */
const mostNamed = 20

/**
 * Finds the columns of a batch that a model needs, in the order of its features.
 *
 * @returns the places of the columns, from 0
 * @throws BatchFormatError that names the columns that are missing
 */
export const placesOf = (
  columns: readonly string[],
  features: readonly string[],
): readonly number[] => {
  const places = new Map<string, number>()
  for (const [place, name] of columns.entries()) if (!places.has(name)) places.set(name, place)
  const missing = features.filter((name) => !places.has(name))
  if (missing.length === 0) return features.map((name) => places.get(name) ?? 0)
  throw new BatchFormatError(`The header lacks columns that the model needs: ${listed(missing)}`)
}

/**
 * Refuses a batch with columns that are no features of the model.
 *
 * @throws BatchFormatError that names them
 */
export const refuseOtherColumns = (
  columns: readonly string[],
  features: readonly string[],
): void => {
  const known = new Set(features)
  const others = columns.filter((name) => !known.has(name))
  if (others.length === 0) return
  throw new BatchFormatError(
    `The header has columns that are no features of the model: ${listed(others)}. Leave them out`,
  )
}

const listed = (names: readonly string[]) => {
  const named = names.slice(0, mostNamed).map((name) => shorten(name))
  const more = names.length - named.length
  return `${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}
