import { availableParallelism } from 'node:os'
import { createThreadPool, moduleBeside, ThreadEnded, threadError } from '@dsapi/queue'
import type { StoredModel } from '@dsapi/registry'
import { answerBytesPerRow, sampleEvery } from '@dsapi/registry/compute'
import { ApiError } from '../http/errors.ts'
import type { ReadBody } from '../http/read-body.ts'
import { type PredictedPiece, predictPiece, readRows } from './predict-bytes.ts'
import type { Answers, Question } from './predicting-thread.ts'

type PredictOptions = {
  /** How many of the rows are given back for the log of predictions, at most. */
  readonly sampleSize: number
  /** Aborted when nobody wants the answer any more. */
  readonly signal: AbortSignal
}

export type Predictor = {
  /**
   * Reads all rows of a body, and predicts them a piece at a time, as the pieces are asked for.
   *
   * @throws ApiError `invalid_body`; `body_too_large` when it takes too long or too much memory; `unavailable`
   *   when too many bodies wait already, or for too long. So do the pieces
   */
  readonly predict: (
    stored: StoredModel,
    body: ReadBody,
    options: PredictOptions,
  ) => Promise<AsyncGenerator<PredictedPiece, void>>
  readonly close: () => Promise<void>
}

/** How many bytes of memory a byte of a body may take: `[1,1]` becomes numbers of eight bytes. */
export const memoryPerByte = 5
/** What the pieces take at most that are on their way to a client. */
const mostAnswerBytes = 3 * 2 ** 20

/** What is read and answered on the spot: it takes less than a millisecond. */
const smallBytes = 32_768
const mostThreads = 4
/** Each reads a piece of a body at a time. Measured: 40 MiB at most. */
const heapMb = 128
/** Bodies that wait for a thread take their clients' time. */
const mostWaiting = 16

/**
 * Makes what answers requests for many predictions: small ones at once, large ones in threads, so that
 * nobody else waits for them.
 *
 * @param timeLimitMs how long each step of a large one may wait for a thread, and how long take
 */
export const createPredictor = (timeLimitMs: number): Predictor => {
  const pool = createThreadPool({
    url: moduleBeside('predicting-thread', import.meta.url),
    size: Math.min(availableParallelism(), mostThreads),
    toError: threadError,
    heapMb,
  })

  const run = async <Q extends Question>(
    question: Q,
    signal: AbortSignal,
    transfer: ArrayBuffer,
  ): Promise<Answers[Q['do']]> => {
    try {
      // The thread answers each kind of question with its own kind of answer.
      return (await pool.run(question, {
        signal,
        timeLimitMs,
        transfer: [transfer],
      })) as Answers[Q['do']]
    } catch (error) {
      throw error instanceof ThreadEnded ? toApiError(error, timeLimitMs) : error
    }
  }

  const predict: Predictor['predict'] = async (stored, { bytes, held }, options) => {
    const { sampleSize, signal } = options
    const { model, tag, json } = stored
    const isSmall = bytes.byteLength <= smallBytes
    if (!isSmall && pool.waiting() >= mostWaiting) throw tooMany()
    const posted = { tag, json }
    const read = isSmall
      ? readRows(model, bytes)
      : await run({ do: 'read', model: posted, body: bytes }, signal, bytes.buffer)
    if (!read.ok) {
      const { message, detail } = read
      throw new ApiError('invalid_body', message, detail && { detail })
    }
    const width = model.featureNames.length
    const numbers = read.pieces.reduce((total, { length }) => total + length, 0)
    const rowCount = numbers / width
    held.hold(8 * numbers + Math.min(mostAnswerBytes, rowCount * answerBytesPerRow(model)))
    const every = sampleEvery(rowCount, sampleSize)
    let firstRow = 0
    const next = async (rows: Float64Array<ArrayBuffer>) => {
      const sampling = { every, firstRow }
      firstRow += rows.length / width
      return isSmall
        ? predictPiece(model, rows, sampling)
        : run({ do: 'predict', model: posted, rows, sampling }, signal, rows.buffer)
    }
    return oneAhead(read.pieces, next)
  }
  return { predict, close: pool.close }
}

/** Gives one result after another; each is computed while the one before it is used. */
async function* oneAhead<T, R>(items: readonly T[], compute: (item: T) => Promise<R>) {
  let next: Promise<R> | undefined
  for (const [index, item] of items.entries()) {
    const current = next ?? compute(item)
    next = index + 1 < items.length ? compute(items[index + 1]) : undefined
    next?.catch(() => {}) // It is asked for in its turn, if at all.
    yield await current
  }
}

const tooMany = () =>
  new ApiError('unavailable', 'Too many large requests at once: try again', {
    headers: { 'retry-after': '1' },
  })

const toApiError = (error: ThreadEnded, timeLimitMs: number): Error => {
  if (error.reason === 'timeLimit') {
    const message = `Predicting the rows took longer than ${timeLimitMs / 1000} seconds: send fewer at a time`
    return new ApiError('body_too_large', message)
  }
  if (error.reason === 'outOfMemory') {
    const message = 'Predicting the rows takes more memory than there is: send fewer at a time'
    return new ApiError('body_too_large', message)
  }
  return error.reason === 'died' ? error : tooMany()
}
