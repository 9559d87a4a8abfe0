import type { Cell, Feature } from '@dsapi/inference'

/** One or zero, as a value of each feature of an example. */
type Number = 0 | 1

/** The values of a row of an example in JSON, in the order of the model's features. */
export const exampleValues = (features: readonly Feature[], number: Number): readonly unknown[] =>
  features.map((feature) => (feature.type === 'boolean' ? number === 1 : cellOf(feature, number)))

/** The same row by the names of the features. */
export const exampleObject = (
  features: readonly Feature[],
  number: Number,
): Readonly<Record<string, unknown>> => {
  const values = exampleValues(features, number)
  return Object.fromEntries(features.map(({ name }, place) => [name, values[place]]))
}

/** The same row as a model takes it. */
export const exampleRow = (features: readonly Feature[], number: Number): readonly Cell[] =>
  features.map((feature) => cellOf(feature, number))

const cellOf = ({ type, categories = [] }: Feature, number: Number) => {
  if (categories.length > 0) return categories[number % categories.length]
  return type === 'text' ? 'a' : number
}
