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
    if (feature.type === 'text' || type === 'text' || feature.categories !== undefined) {
      throw wrong(name, `which the model takes as ${feature.type}, and not as ${type}`)
    }
  }
  return features.map((feature) =>
    Object.hasOwn(types, feature.name) ? { ...feature, type: types[feature.name] } : feature,
  )
}

const wrong = (name: string, why: string) =>
  new ModelOptionsError(`The option \`types\` has ${JSON.stringify(shorten(name))}, ${why}`)
