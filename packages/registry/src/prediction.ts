import type { Label, LogisticRegressionModel } from '@dsapi/model'

/** An answer as clients get it: the probabilities are in the order of the model's classes. */
export type Prediction = {
  readonly class: Label
  readonly class_probabilities: readonly number[]
}

/** Predicts one row, given in the order of the model's features. */
export const predictRow = (model: LogisticRegressionModel, row: readonly number[]): Prediction => {
  const probabilities = model.predictProbaOne(row)
  const label = model.classes[indexOfLargest(probabilities)]
  return { class: label, class_probabilities: probabilities }
}

/** Of equals, the first. */
export const indexOfLargest = (values: readonly number[]): number => {
  let largest = 0
  for (let i = 1; i < values.length; i++) if (values[i] > values[largest]) largest = i
  return largest
}
