import type { Batch } from '../batch.ts'
import type { Predictions } from '../predictions.ts'

/** Makes one batch of several for the same model, in their order. There must be one at least. */
export const gatherBatches = (batches: readonly Batch[]): Batch => {
  if (batches.length === 1) return batches[0]
  const nRows = batches.reduce((total, batch) => total + batch.nRows, 0)
  const numbers = concatNumbers(batches.map((batch) => batch.numbers))
  const texts = batches[0].texts.map((_, column) => batches.flatMap((batch) => batch.texts[column]))
  return { nRows, numbers, texts }
}

const concatNumbers = (parts: readonly Batch['numbers'][]): Batch['numbers'] => {
  const length = parts.reduce((total, part) => total + part.length, 0)
  const isSingle = parts.every((part) => part instanceof Float32Array)
  const all = isSingle ? new Float32Array(length) : new Float64Array(length)
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}

/**
 * Some rows of an answer. Their numbers are copied: a view would keep the whole answer alive, and would be posted to a
 * thread together with it.
 */
export const sliceRows = (predictions: Predictions, first: number, end: number): Predictions => {
  const nRows = end - first
  if (nRows === predictions.nRows) return predictions
  if (predictions.type === 'values') {
    const width = predictions.names.length
    return { ...predictions, nRows, values: predictions.values.slice(first * width, end * width) }
  }
  const width = predictions.classes.length
  const probabilities = predictions.probabilities.slice(first * width, end * width)
  return {
    ...predictions,
    nRows,
    probabilities,
    predicted: predictions.predicted.slice(first, end),
  }
}

/** About how much memory a batch takes, in bytes. */
export const bytesOf = ({ numbers, texts }: Batch): number => {
  let bytes = numbers.byteLength
  for (const column of texts) for (const text of column) bytes += 8 + 2 * (text?.length ?? 0)
  return bytes
}
