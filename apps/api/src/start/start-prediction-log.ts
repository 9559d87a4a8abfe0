import { logPredictions } from '../endpoints/predict/record-predictions.ts'
import type { StartContext } from './start-context.ts'

/** Starts the log of predictions where it is on. */
export const startPredictionLog = ({ config, logger, db, stack }: StartContext) => {
  const log = config.predictionLog === 'on' ? logPredictions(db, logger) : undefined
  if (log) stack.defer(log.stop)
  return log
}
