import type { Batch } from '../batch.ts'
import type { Predictions } from '../predictions.ts'
import { EngineUnavailableError } from './engine-unavailable-error.ts'

/** A batch that is to be answered. */
export type AskedBatch = {
  readonly batch: Batch
  /** Answers the caller. Only the first answer counts. */
  readonly resolve: (predictions: Predictions) => void
  readonly reject: (error: Error) => void
  /** Whether it has been answered, or nobody wants the answer any more. */
  readonly isDone: () => boolean
}

/**
 * Has a batch answered.
 *
 * @param send receives what is to be answered; if it throws, that is the answer
 * @param withdraw receives it again when nobody wants the answer any more
 */
export const askBatch = (
  batch: Batch,
  signal: AbortSignal | undefined,
  send: (asked: AskedBatch) => void,
  withdraw: (asked: AskedBatch) => void,
): Promise<Predictions> =>
  new Promise((resolve, reject) => {
    const aborted = () =>
      new EngineUnavailableError('aborted', 'Nobody wants the predictions any more')
    if (signal?.aborted) throw aborted()
    let isDone = false
    const done = () => {
      isDone = true
      signal?.removeEventListener('abort', onAbort)
    }
    const asked: AskedBatch = {
      batch,
      isDone: () => isDone,
      resolve: (predictions) => {
        done()
        resolve(predictions)
      },
      reject: (error) => {
        done()
        reject(error)
      },
    }
    const onAbort = () => {
      withdraw(asked)
      asked.reject(aborted())
    }
    send(asked)
    signal?.addEventListener('abort', onAbort)
  })
