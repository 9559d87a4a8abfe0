import type { Predictions } from '../../predictions.ts'
import type { AnswerKind } from '../answer-kinds.ts'

/**
 * Writes what a model has answered to rows as JSON: for each row its class, its probabilities in the order of the classes,
 * its value, or its values in their order.
 */
export const writeRowValues = (predictions: Predictions, kind: AnswerKind): string => {
  if (predictions.type === 'values') {
    return writeMatrix(predictions.values, predictions.names.length, predictions.names.length === 1)
  }
  const { classes, probabilities, predicted } = predictions
  if (kind === 'predict_proba') return writeMatrix(probabilities, classes.length, false)
  const labels = classes.map((label) => JSON.stringify(label))
  return `[${Array.from(predicted, (place) => labels[place]).join()}]`
}

const writeMatrix = (values: Float64Array, width: number, isFlat: boolean) => {
  if (isFlat) return `[${values.join()}]`
  let json = '['
  for (let at = 0; at < values.length; at += width) {
    json += at === 0 ? '[' : ',['
    json += values[at]
    for (let k = 1; k < width; k++) json += `,${values[at + k]}`
    json += ']'
  }
  return `${json}]`
}
