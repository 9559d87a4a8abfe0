import type { Feature } from '../../model-info.ts'
import { shorten } from '../shorten.ts'

const mostNames = 20

/** The names of features, with commas between them. Of many, the first are named. */
export const namesOf = (features: readonly Pick<Feature, 'name'>[]): string => {
  const shown = features.slice(0, mostNames).map(({ name }) => shorten(name))
  const more = features.length - shown.length
  return `${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}
