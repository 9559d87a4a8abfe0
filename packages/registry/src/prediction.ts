import type { Label, LogisticRegressionModel } from '@dsapi/model'

/** An answer as clients get it: the probabilities are in the order of the model's classes. */
export type Prediction = {
  readonly class: Label
  readonly class_probabilities: readonly number[]
}

/** Predicts one row, given in the order of the model's features. */
export const predictRow = (model: LogisticRegressionModel, row: readonly number[]): Prediction => {
  const probabilities = model.predictProbaOne(row)
  const mostProbable = probabilities.indexOf(Math.max(...probabilities))
  return { class: model.classes[mostProbable], class_probabilities: probabilities }
}
