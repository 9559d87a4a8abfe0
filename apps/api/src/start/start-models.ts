import { followModel } from '@dsapi/registry'
import type { ModelDeps } from '../app-deps.ts'
import { createPredictor } from '../endpoints/predict/predictor.ts'
import type { RecordPredictions } from '../endpoints/predict/record-predictions.ts'
import type { Metrics } from '../metrics/metrics.ts'
import type { StartContext } from './start-context.ts'

const followEveryMs = 1000

/**
 * Follows the served model, and starts what predicts with it.
 *
 * @throws NoModelError
 */
export const startModels = async (
  { config, logger, db, onError, stack }: StartContext,
  metrics: Metrics,
  recordPredictions: RecordPredictions | undefined,
): Promise<ModelDeps> => {
  const served = await followModel(db, {
    everyMs: followEveryMs,
    onChange: ({ tag }) => {
      metrics.setModel(tag)
      logger.info(`Model ${tag} is now served`)
    },
    onError,
  })
  stack.defer(served.stop)
  metrics.setModel(served.current().tag)
  const predictor = createPredictor(Math.round(config.predictSeconds * 1000))
  stack.defer(predictor.close)
  return { currentModel: served.current, predictor, recordPredictions }
}
