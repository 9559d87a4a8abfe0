import type { Handler } from '@dsapi/queue'
import type { Compute } from './compute.ts'
import type { JobModel } from './job-model.ts'

/**
 * Makes the handler of slow predictions: the same answer as a fast one, after a delay that stands for a
 * model which really is slow.
 */
export const slowPrediction =
  (modelOf: JobModel, delaySeconds: number, compute: Compute): Handler =>
  async (task) => {
    const asked = { delayMs: delaySeconds * 1000, features: task.input }
    return compute('slow-prediction', asked, await modelOf(task), task)
  }
