import type { Cell, Feature } from '@dsapi/inference'

/** One or zero, as a value of each feature of an example. */
type Number = 0 | 1

/** The values of a row of an example in JSON, in the order of the model's features. */
export const exampleValues = (features: readonly Feature[], number: Number): readonly unknown[] =>
  features.map((feature) => {
    if (feature.type === 'boolean') return number === 1
    return feature.type === 'text' ? textOf(feature, number) : number
  })

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
  features.map((feature) => (feature.type === 'text' ? textOf(feature, number) : number))

const textOf = ({ categories = ['a'] }: Feature, number: Number) =>
  String(categories[number % categories.length])
