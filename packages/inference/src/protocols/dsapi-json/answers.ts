import type { Label } from '@dsapi/model'
import { batchOfRow } from '../../batch-builder.ts'
import { notFinite } from '../../check-predictions.ts'
import { computeBatch, computeBatchNow } from '../../compute.ts'
import type { ModelInfo } from '../../model-info.ts'
import { type Predictions, placeOfClass } from '../../predictions.ts'
import type { Row } from '../../row.ts'
import type { ModelRuntime } from '../../runtime.ts'

/**
 * An answer as clients get it: a class with the probabilities in the order of the model's classes, a value, or several
 * values by their names.
 */
export type Prediction =
  | { readonly class: Label; readonly class_probabilities: readonly number[] }
  | { readonly value: number }
  | { readonly values: Readonly<Record<string, number>> }

/** The answer to one row of many. */
export const answerTo = (predictions: Predictions, row: number): Prediction => {
  if (predictions.type === 'values') {
    const { names, values } = predictions
    return namedValues(names, values, row * names.length)
  }
  const { classes, probabilities, predicted } = predictions
  const first = row * classes.length
  const ofRow: number[] = []
  for (let k = 0; k < classes.length; k++) ofRow.push(probabilities[first + k])
  return { class: classes[predicted[row]], class_probabilities: ofRow }
}

const namedValues = (
  names: readonly string[],
  values: ArrayLike<number>,
  first: number,
): Prediction =>
  names.length === 1
    ? { value: values[first] }
    : { values: Object.fromEntries(names.map((name, k) => [name, values[first + k]])) }

/**
 * Predicts one row on the spot.
 *
 * @throws InputError when the model cannot take a value of the row; ModelFailedError when its answer is not finite
 */
export const predictRow = (model: ModelRuntime, row: Row): Prediction => {
  const { output, features } = model.info
  const numbers = model.predictOne && numbersOf(model.info, row)
  if (numbers === undefined || model.predictOne === undefined) {
    return answerTo(computeBatchNow(model, batchOfRow(features, row)), 0)
  }
  const answer = model.predictOne(numbers)
  if (!answer.every(Number.isFinite)) throw notFinite(0)
  if (output.type === 'values') return namedValues(output.names, answer, 0)
  const place = placeOfClass(answer, 0, answer.length, output.threshold)
  return { class: output.classes[place], class_probabilities: answer }
}

/** As `predictRow`, with a model that may compute in its own time. */
export const predictRowInTime = async (model: ModelRuntime, row: Row): Promise<Prediction> =>
  model.predictSync === undefined
    ? answerTo(await computeBatch(model, batchOfRow(model.info.features, row)), 0)
    : predictRow(model, row)

/** A row of numbers, with NaN for what is missing; undefined where there are texts. */
const numbersOf = ({ features }: ModelInfo, row: Row): readonly number[] | undefined => {
  if (isNumbers(row)) return row
  if (features.some(({ type }) => type === 'text')) return undefined
  return row.map((cell) => (typeof cell === 'number' ? cell : Number.NaN))
}

const isNumbers = (row: Row): row is readonly number[] => {
  for (const cell of row) if (typeof cell !== 'number') return false
  return true
}

/** Writes the answers to some rows as JSON, each as a `Prediction`, with commas between them. */
export const writeAnswers = (predictions: Predictions): string =>
  predictions.type === 'classes' ? writeClasses(predictions) : writeValues(predictions)

const writeClasses = ({
  nRows,
  classes,
  probabilities,
  predicted,
}: Extract<Predictions, { type: 'classes' }>) => {
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

const writeValues = ({ nRows, names, values }: Extract<Predictions, { type: 'values' }>) => {
  const isOne = names.length === 1
  const starts = isOne
    ? ['{"value":']
    : names.map((name, k) => `${k === 0 ? '{"values":{' : ','}${JSON.stringify(name)}:`)
  const end = isOne ? '}' : '}}'
  let json = ''
  for (let row = 0, at = 0; row < nRows; row++) {
    if (row > 0) json += ','
    for (const start of starts) json += `${start}${values[at++]}`
    json += end
  }
  return json
}
