import type { Label } from '@dsapi/model'
import { batchOfNumbers } from '../../batch.ts'
import { computeBatchNow } from '../../compute.ts'
import { type ClassPredictions, type Predictions, placeOfClass } from '../../predictions.ts'
import type { ModelRuntime } from '../../runtime.ts'

/** An answer as clients get it: the probabilities are in the order of the model's classes. */
export type Prediction = {
  readonly class: Label
  readonly class_probabilities: readonly number[]
}

/** The answer to one row of many. */
export const answerTo = (
  { classes, probabilities, predicted }: ClassPredictions,
  row: number,
): Prediction => {
  const first = row * classes.length
  const ofRow: number[] = []
  for (let k = 0; k < classes.length; k++) ofRow.push(probabilities[first + k])
  return { class: classes[predicted[row]], class_probabilities: ofRow }
}

/**
 * Predicts one row on the spot.
 *
 * @param row in the order of the model's features
 */
export const predictRow = (model: ModelRuntime, row: readonly number[]): Prediction => {
  const { output } = model.info
  if (model.predictOne === undefined || output.type !== 'classes') {
    return onlyAnswer(computeBatchNow(model, batchOfRow(row)))
  }
  const probabilities = model.predictOne(row)
  const place = placeOfClass(probabilities, 0, probabilities.length)
  return { class: output.classes[place], class_probabilities: probabilities }
}

/** As `predictRow`, with a model that may compute in its own time. */
export const predictRowInTime = async (
  model: ModelRuntime,
  row: readonly number[],
): Promise<Prediction> =>
  model.predictSync === undefined
    ? onlyAnswer(await model.predict(batchOfRow(row)))
    : predictRow(model, row)

const batchOfRow = (row: readonly number[]) => batchOfNumbers(new Float64Array(row), row.length)

const onlyAnswer = (predictions: Predictions): Prediction => {
  if (predictions.type === 'classes') return answerTo(predictions, 0)
  throw new Error('The model has no classes')
}

/**
 * Writes the answers to some rows as JSON, with commas between them: of a model with classes as `Prediction`, of one
 * that answers with a value `{"value": 1.5}`, or with several `{"values": {"low": 1, "high": 2}}`.
 */
export const writeAnswers = (predictions: Predictions): string =>
  predictions.type === 'classes' ? writeClasses(predictions) : writeValues(predictions)

const writeClasses = ({ nRows, classes, probabilities, predicted }: ClassPredictions) => {
  const width = classes.length
  const starts = classes.map((label) => `{"class":${JSON.stringify(label)},"class_probabilities":[`)
  let json = ''
  for (let row = 0, at = 0; row < nRows; row++) {
    json += row === 0 ? starts[predicted[row]] : `,${starts[predicted[row]]}`
    for (const end = at + width - 1; at < end; at++) json += `${probabilities[at]},`
    json += `${probabilities[at++]}]}`
  }
  return json
}

const writeValues = ({ nRows, names, values }: Extract<Predictions, { type: 'values' }>) =>
  Array.from({ length: nRows }, (_, row) => {
    const first = row * names.length
    return JSON.stringify(
      names.length === 1
        ? { value: values[first] }
        : { values: Object.fromEntries(names.map((name, k) => [name, values[first + k]])) },
    )
  }).join()
