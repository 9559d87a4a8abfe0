import type { Database } from '@dsapi/db'
import type { Logger } from '@dsapi/log'
import { type LoggedPrediction, startPredictionLog } from '@dsapi/registry'
import type { AnsweredRow } from '@dsapi/registry/compute'
import type { Context } from 'hono'
import type { Env } from './env.ts'

/**
 * Puts what a request was answered into the log of predictions.
 *
 * @param model the tag of the model that answered
 * @param started when the work began, by `performance.now()`
 */
export type NotePredictions = (
  context: Context<Env>,
  kind: LoggedPrediction['kind'],
  model: string,
  started: number,
  rows: readonly AnsweredRow[],
) => void

/** Starts the log of predictions, as routes write to it. */
export const logPredictions = (db: Database, logger: Logger) => {
  const log = startPredictionLog(db, {
    onError: (error) => logger.warn({ err: error }, 'Predictions are not in their log yet'),
    onDropped: (count) =>
      logger.warn(
        { count },
        'Some predictions are left out of their log: they came faster than it could be written',
      ),
  })
  const note: NotePredictions = (context, kind, model, started, rows) => {
    const latencyMs = performance.now() - started
    const { ownerId } = context.get('key')
    const requestId = context.get('requestId')
    const common = { at: Date.now(), ownerId, requestId, kind, model, latencyMs }
    for (const { features, answer } of rows) log.note({ ...common, features, answer })
  }
  return { note, stop: log.stop }
}
