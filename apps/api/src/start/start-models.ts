import { createModelHost, defaultModel, followModels, nameOfVersion } from '@dsapi/registry'
import type { ModelDeps } from '../app-deps.ts'
import { createPredictor } from '../endpoints/predict/predictor.ts'
import type { RecordPredictions } from '../endpoints/predict/record-predictions.ts'
import type { Metrics } from '../metrics/metrics.ts'
import { createModelAccess } from '../models/model-access.ts'
import { modelStates } from '../models/model-states.ts'
import { startAnswering } from '../models/start-answering.ts'
import { exampleStoredModel } from '../openapi/example-stored-model.ts'
import type { StartContext } from './start-context.ts'

const followEveryMs = 1000

/**
 * Follows the served models, and starts what predicts with them.
 *
 * @throws NoModelError; StoredModelError when no version can be served
 */
export const startModels = async (
  { config, logger, db, onError, stack }: StartContext,
  metrics: Metrics,
  recordPredictions: RecordPredictions | undefined,
  isOverloaded: () => boolean,
): Promise<ModelDeps> => {
  const timeLimitMs = Math.round(config.predictSeconds * 1000)
  const host = createModelHost({
    cacheFolder: config.modelCache,
    timeLimitMs,
    onCacheUnusable: (message) => logger.warn(message),
    onLine: (model, line) => logger.info({ model }, line),
    onEngine: (model, { isReady, lastError }) => {
      if (!isReady && lastError !== undefined) logger.warn({ model }, lastError)
    },
  })
  stack.defer(host.close)
  const served = await followModels(db, {
    ...{ host, everyMs: followEveryMs, onError },
    onChange: (model) => logger.info(`Model ${nameOfVersion(model)} is now served`),
  })
  stack.defer(served.stop)
  const states = () => modelStates(served)
  metrics.followModels(states)
  const predictor = createPredictor(timeLimitMs)
  stack.defer(predictor.close)
  return {
    access: createModelAccess(served, onError),
    answerRequest: startAnswering({ db, logger, metrics, isOverloaded, onError }),
    ...{ host, maxModel: config.maxModel, states, served },
    describedModel: () => served.find(defaultModel)?.served ?? exampleStoredModel,
    ...{ predictor, recordPredictions },
  }
}
