import { setTimeout } from 'node:timers/promises'
import type { Logger } from '@dsapi/log'
import { type Handler, JobError } from '@dsapi/queue'
import { parseFeatures, predictRow, type SlowResult, type StoredModel } from '@dsapi/registry'

/**
 * Makes the handler of slow predictions: the same answer as a fast one, after a delay that stands
 * for a model which really is slow.
 */
export const slowPrediction =
  (currentModel: () => StoredModel, delaySeconds: number, logger: Logger): Handler =>
  async ({ id, input, signal }): Promise<SlowResult> => {
    logger.info({ jobId: id }, 'Prediction begun')
    await setTimeout(delaySeconds * 1000, undefined, { signal })
    const { model, tag } = currentModel()
    const parsed = parseFeatures(model.featureNames, input)
    if (!parsed.ok) {
      const problems = parsed.problems.map(({ field, message }) => `${field} ${message}`)
      throw new JobError(`model ${tag} cannot use this input: ${problems.join(', ')}`)
    }
    return { ...predictRow(model, parsed.row), model_version: tag }
  }
