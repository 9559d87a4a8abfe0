import type { Label } from '@dsapi/model'
import type { Batch } from '../../batch.ts'
import { rowOf } from '../../batch-builder.ts'
import { computeBatch } from '../../compute.ts'
import type { Feature, ModelInfo } from '../../model-info.ts'
import type { Predictions } from '../../predictions.ts'
import type { Row } from '../../row.ts'
import type { ModelRuntime } from '../../runtime.ts'
import { answerTo, type Prediction, writeAnswers } from './answers.ts'

/** One row of many, as it was asked and answered. */
export type AnsweredRow = { readonly features: Row; readonly answer: Prediction }

/** Predictions for a piece of rows. */
export type PredictedRows = {
  /** One JSON object a row, with commas between them. */
  readonly json: string
  /** How many predictions there are of each class, in the model's order; of values, how many rows have them. */
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
  features: readonly Feature[],
  batch: Batch,
  predictions: Predictions,
  sampling: Sampling = { every: 0, firstRow: 0 },
): PredictedRows => ({
  json: writeAnswers(predictions),
  counts: countClasses(predictions),
  sample: sampleOf(features, batch, predictions, sampling),
})

/** How many predictions there are of each class, in the order of the classes; of values, how many rows have them. */
export const countClasses = (predictions: Predictions): readonly number[] => {
  if (predictions.type !== 'classes') return [predictions.nRows]
  const counts = predictions.classes.map(() => 0)
  for (const place of predictions.predicted) counts[place]++
  return counts
}

/** Some of the rows, as they were answered. */
export const sampleOf = (
  features: readonly Feature[],
  batch: Batch,
  predictions: Predictions,
  { every, firstRow }: Sampling,
): readonly AnsweredRow[] => {
  const sample: AnsweredRow[] = []
  if (every === 0) return sample
  for (let row = (every - (firstRow % every)) % every; row < batch.nRows; row += every) {
    sample.push({ features: rowOf(features, batch, row), answer: answerTo(predictions, row) })
  }
  return sample
}

/** What is counted of a model's predictions, in the order of `counts`: its classes, or that they are values. */
export const countedLabels = ({ output }: ModelInfo): readonly Label[] =>
  output.type === 'classes' ? output.classes : ['value']

/** What a prediction counts as. */
export const countedLabel = (prediction: Prediction): Label =>
  'class' in prediction ? prediction.class : 'value'

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
  const predictions = await computeBatch(model, batch)
  const { json, ...rest } = answerRows(model.info.features, batch, predictions, sampling)
  return { ...rest, bytes: encoder.encode(json) }
}
