import { expirePredictions } from '@dsapi/registry'
import { logPredictions } from '../endpoints/predict/record-predictions.ts'
import type { StartContext } from './start-context.ts'

const dayMs = 86_400_000

/** Starts the log of predictions where it is on, and deletes what is older than the days that it is kept. */
export const startPredictionLog = ({ config, logger, db, onError, stack }: StartContext) => {
  const log = config.predictionLog === 'on' ? logPredictions(db, logger) : undefined
  if (log) stack.defer(log.stop)
  const keepMs = Math.round(config.predictionLogDays * dayMs)
  stack.defer(expirePredictions(db, { keepMs, onError }))
  return log
}
