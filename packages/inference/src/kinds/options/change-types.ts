import type { Feature } from '../../model-info.ts'
import type { ModelOptions } from '../../model-options.ts'
import { shorten } from '../../protocols/shorten.ts'
import { ModelOptionsError } from '../model-options-error.ts'

/**
 * The features with the types of the option `types`. A model that compares numbers can take them as numbers, whole
 * numbers or booleans.
 *
 * @throws ModelOptionsError for a feature that the model does not have, or cannot have as that
 */
export const changeTypes = (
  features: readonly Feature[],
  { types = {} }: ModelOptions,
): readonly Feature[] => {
  const byName = new Map(features.map((feature) => [feature.name, feature]))
  for (const [name, type] of Object.entries(types)) {
    const feature = byName.get(name)
    if (feature === undefined) throw wrong(name, 'which is no feature of the model')
    if (feature.type === type) continue
    if (!canBe(feature, type)) {
      throw wrong(name, `which the model takes as ${feature.type}, and not as ${type}`)
    }
  }
  return features.map((feature) =>
    Object.hasOwn(types, feature.name) ? withType(feature, types[feature.name]) : feature,
  )
}

/** Categories have to be such values: a text is no number, and only 0 and 1 stand for false and true. */
const canBe = ({ type: before, categories = [] }: Feature, type: Feature['type']): boolean => {
  if (before === 'text' || type === 'text') return false
  return categories.every((category) =>
    type === 'boolean' ? category === 0 || category === 1 : Number.isInteger(category),
  )
}

/** Both values of a boolean need no list. */
const withType = ({ categories, ...feature }: Feature, type: Feature['type']): Feature =>
  categories === undefined || type === 'boolean'
    ? { ...feature, type }
    : { ...feature, type, categories }

const wrong = (name: string, why: string) =>
  new ModelOptionsError(`The option \`types\` has ${JSON.stringify(shorten(name))}, ${why}`)
