import type { Batch } from '../../batch.ts'
import { computeBatch } from '../../compute.ts'
import type { Predictions } from '../../predictions.ts'
import type { ModelRuntime } from '../../runtime.ts'
import { answerTo, type Prediction, writeAnswers } from './answers.ts'

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

/**
 * Writes what a model answered to some rows, and counts it.
 *
 * @param sampling without it, no row is given back
 */
export const answerRows = (
  batch: Batch,
  predictions: Predictions,
  sampling: Sampling = { every: 0, firstRow: 0 },
): PredictedRows => ({
  json: writeAnswers(predictions),
  counts: countClasses(predictions),
  sample: sampleOf(batch, predictions, sampling),
})

/** How many predictions there are of each class, in the order of the classes. */
export const countClasses = (predictions: Predictions): readonly number[] => {
  if (predictions.type !== 'classes') return []
  const counts = predictions.classes.map(() => 0)
  for (const place of predictions.predicted) counts[place]++
  return counts
}

/** Some of the rows, as they were answered. */
export const sampleOf = (
  batch: Batch,
  predictions: Predictions,
  { every, firstRow }: Sampling,
): readonly AnsweredRow[] => {
  const sample: AnsweredRow[] = []
  if (every === 0 || predictions.type !== 'classes') return sample
  const width = batch.numbers.length / batch.nRows
  for (let row = (every - (firstRow % every)) % every; row < batch.nRows; row += every) {
    const features = [...batch.numbers.subarray(row * width, (row + 1) * width)]
    sample.push({ features, answer: answerTo(predictions, row) })
  }
  return sample
}

/** A piece of an answer, as it goes to the client. */
export type AnsweredPiece = Omit<PredictedRows, 'json'> & {
  readonly bytes: Uint8Array<ArrayBuffer>
}

const encoder = new TextEncoder()

/** Predicts a piece of rows, and writes the answers to them. */
export const answerPiece = async (
  model: ModelRuntime,
  batch: Batch,
  sampling: Sampling,
): Promise<AnsweredPiece> => {
  const { json, ...rest } = answerRows(batch, await computeBatch(model, batch), sampling)
  return { ...rest, bytes: encoder.encode(json) }
}
