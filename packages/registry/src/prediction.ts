import type { Label, LogisticRegressionModel } from '@dsapi/model'

/** An answer as clients get it: the probabilities are in the order of the model's classes. */
export type Prediction = {
  readonly class: Label
  readonly class_probabilities: readonly number[]
}

/** Predicts one row, given in the order of the model's features. */
export const predictRow = (model: LogisticRegressionModel, row: readonly number[]): Prediction => {
  const probabilities = Array.from(model.predictProbaOne(row))
  let best = 0
  for (let k = 1; k < probabilities.length; k++) {
    if ((probabilities[k] ?? 0) > (probabilities[best] ?? 0)) best = k
  }
  return { class: model.classes[best] ?? '', class_probabilities: probabilities }
}
