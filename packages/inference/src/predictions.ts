import type { Label } from '@dsapi/model'

/** For each row the probability of each class, and which class it is. */
export type ClassPredictions = {
  readonly type: 'classes'
  readonly nRows: number
  /** Each in its own type, in the model's order. */
  readonly classes: readonly Label[]
  /** Row after row, in the order of the classes. */
  readonly probabilities: Float64Array
  /** For each row the place of its class. */
  readonly predicted: Uint32Array
}

/** For each row one value or several. */
export type ValuePredictions = {
  readonly type: 'values'
  readonly nRows: number
  /** What each value of a row is called. */
  readonly names: readonly string[]
  /** Row after row, in the order of the names. */
  readonly values: Float64Array
}

/** What a model answers to a batch. */
export type Predictions = ClassPredictions | ValuePredictions

/**
 * The place of the predicted class among the probabilities of a row: the most probable; of equals, the first. With a
 * threshold, the second of two classes where its probability is at least that.
 *
 * @param first where the probabilities of the row begin
 * @param width how many there are
 */
export const placeOfClass = (
  probabilities: ArrayLike<number>,
  first: number,
  width: number,
  threshold?: number,
): number => {
  if (threshold !== undefined) return probabilities[first + 1] >= threshold ? 1 : 0
  let place = 0
  for (let k = 1; k < width; k++) {
    if (probabilities[first + k] > probabilities[first + place]) place = k
  }
  return place
}

/** The predictions that follow from probabilities, and from the threshold of a model that has one. */
export const predictClasses = (
  classes: readonly Label[],
  probabilities: Float64Array,
  threshold?: number,
): ClassPredictions => {
  const width = classes.length
  const nRows = probabilities.length / width
  const predicted = new Uint32Array(nRows)
  for (let row = 0; row < nRows; row++) {
    predicted[row] = placeOfClass(probabilities, row * width, width, threshold)
  }
  return { type: 'classes', nRows, classes, probabilities, predicted }
}
