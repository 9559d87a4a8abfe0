import type { Database } from '@dsapi/db'
import type { AnsweredRow, Cell } from '@dsapi/inference'
import { type LoggedPrediction, startPredictionLog } from '@dsapi/registry'
import { type Logger, withoutKeys } from '@dsapi/telemetry'

type AnsweredRequest = Pick<
  LoggedPrediction,
  'kind' | 'ownerId' | 'requestId' | 'modelName' | 'model'
> & {
  /** When the work began, by `performance.now()`. */
  readonly startedAt: number
}

/** Puts what a request was answered into the log of predictions. */
export type RecordPredictions = (request: AnsweredRequest, rows: readonly AnsweredRow[]) => void

/** A text of a row is written down without any API key in it. */
const withoutKeysIn = (cell: Cell) => (typeof cell === 'string' ? withoutKeys(cell) : cell)

/** Starts the log of predictions, as routes write to it. */
export const logPredictions = (db: Database, logger: Logger) => {
  const log = startPredictionLog(db, {
    onError: (error) =>
      logger.warn(
        { err: error },
        'Predictions could not be written to the prediction log. The next attempt follows',
      ),
    onDropped: (count) =>
      logger.warn(
        { count },
        'Some predictions are missing from the prediction log, because they came faster than it could be written',
      ),
  })
  const record: RecordPredictions = ({ startedAt, ...request }, rows) => {
    const common = { ...request, at: Date.now(), latencyMs: performance.now() - startedAt }
    for (const { features, answer } of rows) {
      log.record({ ...common, features: features.map(withoutKeysIn), answer })
    }
  }
  return { record, dropped: log.dropped, stop: log.stop }
}
