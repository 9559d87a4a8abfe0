import { availableParallelism } from 'node:os'
import { createThreadPool, moduleBeside, threadError } from '@dsapi/queue'
import type { StoredModel } from '@dsapi/registry'
import { ApiError } from '../errors.ts'
import { type PredictedBytes, predictBytes } from './predict-bytes.ts'
import type { Question } from './predicting-thread.ts'

export type Predictor = {
  /**
   * Predicts all rows of a body.
   *
   * @param sampleSize how many of the rows are given back for the log of predictions, at most
   * @throws ApiError `unavailable` when too many bodies wait already
   */
  readonly predict: (
    stored: StoredModel,
    body: Uint8Array<ArrayBuffer>,
    sampleSize: number,
  ) => Promise<PredictedBytes>
  readonly close: () => Promise<void>
}

/** What is read and answered on the spot: it takes less than a millisecond. */
const smallBytes = 32_768
const mostThreads = 4
/** Bodies that wait for a thread take memory, and their clients' time. */
const mostWaiting = 16

/** Makes what answers requests for many predictions: small ones at once, large ones in threads, so that
 * nobody else waits for them. */
export const createPredictor = (): Predictor => {
  const pool = createThreadPool({
    url: moduleBeside('predicting-thread', import.meta.url),
    size: Math.min(availableParallelism(), mostThreads),
    toError: threadError,
  })
  const predict: Predictor['predict'] = async ({ tag, json, model }, body, sampleSize) => {
    if (body.byteLength <= smallBytes) return predictBytes(model, body, sampleSize)
    if (pool.waiting() >= mostWaiting) {
      throw new ApiError('unavailable', 'Too many large requests at once: try again', {
        headers: { 'retry-after': '1' },
      })
    }
    const question: Question = { model: { tag, json }, body, sampleSize }
    // The thread answers with nothing else.
    return (await pool.run(question, { transfer: [body.buffer] })) as PredictedBytes
  }
  return { predict, close: pool.close }
}
