import type { Batch } from './batch.ts'
import { checkFinite } from './check-predictions.ts'
import type { Predictions } from './predictions.ts'
import type { ModelRuntime } from './runtime.ts'

/**
 * Has a model answer to a batch: on the spot where it can, else in its own time.
 *
 * @throws ModelFailedError when an answer has a number that is not finite
 */
export const computeBatch = (
  model: ModelRuntime,
  batch: Batch,
  signal?: AbortSignal,
): Predictions | Promise<Predictions> =>
  model.predictSync === undefined
    ? model.predict(batch, signal).then(checkFinite)
    : checkFinite(model.predictSync(batch))

/**
 * Has a model answer to a batch on the spot.
 *
 * @throws ModelFailedError when an answer has a number that is not finite; Error where the model computes in its own
 *   time alone
 */
export const computeBatchNow = (model: ModelRuntime, batch: Batch): Predictions => {
  if (model.predictSync !== undefined) return checkFinite(model.predictSync(batch))
  throw new Error(`A model of the format ${model.info.format} does not answer on the spot`)
}
