import type { Category, Feature as TreeFeature } from '@dsapi/trees'
import type { Feature } from '../../model-info.ts'
import type { ModelOptions } from '../../model-options.ts'
import { changeTypes } from '../options/change-types.ts'
import { nameFeatures } from '../options/name-features.ts'

/** How the value of one feature gets into the rows that the trees compare. */
export type Input = {
  readonly feature: Feature
  /** The number that stands for each value, where the model compares those instead of the value. */
  readonly codes?: ReadonlyMap<string | number, number>
}

/** The features of a file as requests give them. @throws ModelOptionsError when the options do not fit */
export const describeInputs = (
  features: readonly TreeFeature[],
  options: ModelOptions,
): readonly Input[] => {
  const inFile = features.map(({ name }) => name)
  const names = nameFeatures(inFile, options)
  const inputs = features.map((feature, place) => describeInput(feature, names[place]))
  const changed = changeTypes(
    inputs.map(({ feature }) => feature),
    options,
  )
  return inputs.map((input, place) => ({ ...input, feature: changed[place] }))
}

/**
 * A category that the file names is given by its name, any other by the number that stands for it. That may be any
 * number, because the library truncates it.
 */
const describeInput = ({ type, categories }: TreeFeature, name: string): Input => {
  if (type !== 'category') return { feature: { name, type, nullable: true } }
  const codes = categories && codesOf(categories)
  if (categories === undefined || codes === undefined) {
    return { feature: { name, type: 'number', nullable: true } }
  }
  if (categories.every((category) => typeof category === 'boolean')) {
    return { feature: { name, type: 'boolean', nullable: true }, codes }
  }
  const known = [...codes.keys()]
  return { feature: { name, type: typeOf(known), nullable: true, categories: known }, codes }
}

const typeOf = (categories: readonly (string | number)[]): Feature['type'] => {
  if (typeof categories[0] === 'string') return 'text'
  return categories.every(Number.isInteger) ? 'integer' : 'number'
}

/** Undefined where some are texts and others are not: no type of feature has both. True is given as 1, and false as 0. */
const codesOf = (categories: readonly Category[]) => {
  const isText = typeof categories[0] === 'string'
  if (categories.some((category) => (typeof category === 'string') !== isText)) return undefined
  const codes = new Map<string | number, number>()
  for (const [code, category] of categories.entries()) {
    const value = typeof category === 'boolean' ? Number(category) : category
    if (!codes.has(value)) codes.set(value, code)
  }
  return codes
}
