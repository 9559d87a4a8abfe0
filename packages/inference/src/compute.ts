import type { Batch } from './batch.ts'
import type { Predictions } from './predictions.ts'
import type { ModelRuntime } from './runtime.ts'

/** Has a model answer to a batch: on the spot where it can, else in its own time. */
export const computeBatch = (
  model: ModelRuntime,
  batch: Batch,
  signal?: AbortSignal,
): Predictions | Promise<Predictions> => model.predictSync?.(batch) ?? model.predict(batch, signal)

/**
 * Has a model answer to a batch on the spot.
 *
 * @throws Error where it computes in its own time alone
 */
export const computeBatchNow = (model: ModelRuntime, batch: Batch): Predictions => {
  if (model.predictSync !== undefined) return model.predictSync(batch)
  throw new Error(`A model of the format ${model.info.format} does not answer on the spot`)
}
