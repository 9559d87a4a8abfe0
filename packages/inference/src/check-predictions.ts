import { ModelFailedError } from './model-failed-error.ts'
import type { Predictions } from './predictions.ts'

/**
 * Looks at the shape of an answer.
 *
 * @param nRows how many rows were asked
 * @throws ModelFailedError when the answer has other rows, or not one number for each class or value of a row
 */
export const checkShape = (predictions: Predictions, nRows: number): void => {
  const { width, numbers } = numbersOf(predictions)
  if (predictions.nRows !== nRows || numbers.length !== nRows * width) {
    throw new ModelFailedError(
      `The model answered ${predictions.nRows} rows with ${numbers.length} numbers; expected ${nRows} rows of ${width}`,
    )
  }
  if (predictions.type === 'values') return
  const { predicted } = predictions
  if (predicted.length !== nRows || predicted.some((place) => place >= width)) {
    throw new ModelFailedError('The model predicted a class that it does not have')
  }
}

/**
 * The first row of an answer that has a number which is not finite, or -1.
 *
 * @param first the row to start from
 * @param end the row to stop before
 */
export const findNotFinite = (
  predictions: Predictions,
  first = 0,
  end = predictions.nRows,
): number => {
  const { width, numbers } = numbersOf(predictions)
  for (let at = first * width; at < end * width; at++) {
    if (!Number.isFinite(numbers[at])) return Math.floor(at / width)
  }
  return -1
}

/**
 * Gives predictions back if all of their numbers are finite. JSON has no others, and a client could not use them.
 *
 * @throws ModelFailedError that names the first row which has another
 */
export const checkFinite = <P extends Predictions>(predictions: P): P => {
  const row = findNotFinite(predictions)
  if (row >= 0) throw notFinite(row)
  return predictions
}

export const notFinite = (row: number): ModelFailedError =>
  new ModelFailedError('The model answered with a number that is not finite', row)

const numbersOf = (predictions: Predictions) =>
  predictions.type === 'classes'
    ? { width: predictions.classes.length, numbers: predictions.probabilities }
    : { width: predictions.names.length, numbers: predictions.values }
