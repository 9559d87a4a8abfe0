import type { Handler } from '@dsapi/queue'
import type { StoredModel } from '@dsapi/registry'
import type { Compute } from './compute.ts'

/**
 * Makes the handler of slow predictions: the same answer as a fast one, after a delay that stands for a
 * model which really is slow.
 */
export const slowPrediction =
  (currentModel: () => StoredModel, delaySeconds: number, compute: Compute): Handler =>
  (task) =>
    compute(
      'slow-prediction',
      { delayMs: delaySeconds * 1000, features: task.input },
      currentModel(),
      task,
    )
