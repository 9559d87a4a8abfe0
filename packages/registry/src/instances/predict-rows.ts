import type { LogisticRegressionModel } from '@dsapi/model'
import { indexOfLargest, type Prediction } from '../prediction.ts'

/** One row of many, as it was asked and answered. */
export type AnsweredRow = { readonly features: readonly number[]; readonly answer: Prediction }

/** Predictions for a piece of rows. */
export type PredictedRows = {
  /** One JSON object a row, with commas between them. */
  readonly json: string
  /** How many predictions there are of each class, in the model's order. */
  readonly counts: readonly number[]
  /** Some of the rows, as they were answered. */
  readonly sample: readonly AnsweredRow[]
}

/** Which rows are given back as they were answered: of all rows of a request, each `every`-th, or none for 0. */
export type Sampling = { readonly every: number; readonly firstRow: number }

/** The rows of a request that make a sample of at most `size`, evenly from all. */
export const sampleEvery = (rows: number, size: number): number =>
  size === 0 ? 0 : Math.ceil(rows / size)

const answerBytes = 2 ** 19
const rowBytes = 2 ** 20

/** About how many bytes the answer to a row has. */
export const answerBytesPerRow = ({ classes }: LogisticRegressionModel): number => {
  const label = Math.max(...classes.map((name) => JSON.stringify(name).length))
  return 36 + label + 22 * classes.length
}

/** How many rows have an answer of about half a megabyte, and take a megabyte themselves at most. */
export const rowsPerPiece = (model: LogisticRegressionModel): number => {
  const byAnswer = answerBytes / answerBytesPerRow(model)
  const byRows = rowBytes / (8 * model.featureNames.length)
  return Math.max(1, Math.floor(Math.min(byAnswer, byRows)))
}

/**
 * Predicts rows, one after another in `rows`.
 *
 * @param sampling without it, no row is given back
 */
export const predictRows = (
  model: LogisticRegressionModel,
  rows: Float64Array,
  sampling: Sampling = { every: 0, firstRow: 0 },
): PredictedRows => {
  const labels = model.classes.map((label) => JSON.stringify(label))
  const counts = labels.map(() => 0)
  const sample: AnsweredRow[] = []
  const row = new Float64Array(model.featureNames.length)
  const { every, firstRow } = sampling
  let json = ''
  let index = firstRow
  for (let at = 0; at < rows.length; index++) {
    for (let j = 0; j < row.length; j++) row[j] = rows[at++]
    const probabilities = model.predictProbaOne(row)
    const largest = indexOfLargest(probabilities)
    counts[largest]++
    if (every > 0 && index % every === 0) {
      const answer = { class: model.classes[largest], class_probabilities: probabilities }
      sample.push({ features: [...row], answer })
    }
    json += `${index === firstRow ? '' : ','}{"class":${labels[largest]},"class_probabilities":[${probabilities.join(',')}]}`
  }
  return { json, counts, sample }
}
