import { availableParallelism } from 'node:os'
import {
  type AnsweredPiece,
  answerBytesPerRow,
  answerPiece,
  type Batch,
  dsapiJson,
  type ReadRows,
  sampleEvery,
  type UnknownMembers,
} from '@dsapi/inference'
import { createComputingThreads, type QuestionKind, type Questions } from '@dsapi/inference/threads'
import type { StoredModel } from '@dsapi/registry'
import { ApiError, invalidBody } from '../../http/errors.ts'
import { notUtf8 } from '../../http/plain-body.ts'
import type { ReadBody } from '../../http/read-body.ts'
import { notJson } from '../../http/read-json.ts'
import { type Answerer, createAnswerer } from './answer-request.ts'
import { instancesError } from './prediction-errors.ts'
import { mostWaiting, smallBytes, threadError, tooMany } from './thread-limits.ts'

type PredictOptions = {
  readonly ownerId: string
  /** How many of the rows are given back for the log of predictions, at most. */
  readonly sampleSize: number
  readonly unknownMembers: UnknownMembers
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
  ) => Promise<AsyncGenerator<AnsweredPiece, void>>
  /** Answers a whole request of a protocol. */
  readonly answer: Answerer
  readonly close: () => Promise<void>
}

/** How many bytes of memory a byte of a body may take: `[1,1]` becomes numbers of eight bytes. */
export const memoryPerByte = 5
/** What the pieces take at most that are on their way to a client. */
const mostAnswerBytes = 3 * 2 ** 20

/** A small body of rows that leave out more values than this is read in a thread. */
const fewValues = 32_768
const mostThreads = 4
/** Each reads a piece of a body at a time. Measured: 40 MiB at most. */
const heapMb = 128

/**
 * Makes what answers requests for many predictions: small ones at once, large ones in threads, so that
 * nobody else waits for them.
 *
 * @param timeLimitMs how long each step of a large one may wait for a thread, and how long take
 */
export const createPredictor = (timeLimitMs: number): Predictor => {
  const size = Math.min(availableParallelism(), mostThreads)
  const threads = createComputingThreads({ size, heapMb })

  const predict: Predictor['predict'] = async (stored, { bytes, held }, options) => {
    const { ownerId, sampleSize, unknownMembers, signal } = options
    const { model } = stored
    const { features } = model.info
    const textBytes = features.some(({ type }) => type === 'text') ? 2 * bytes.byteLength : 0
    const readHere =
      bytes.byteLength <= smallBytes
        ? dsapiJson.read(bytes, model.info, { unknownMembers, mostValues: fewValues })
        : undefined
    const isSmall = readHere !== undefined && (readHere.ok || readHere.reason !== 'tooManyValues')
    if (!isSmall && threads.waiting(ownerId) >= mostWaiting) throw tooMany()
    const ask = async <K extends QuestionKind>(
      kind: K,
      asked: Questions[K]['asked'],
      buffer: ArrayBuffer,
    ) => {
      try {
        const asking = { owner: ownerId, signal, timeLimitMs, transfer: [buffer] }
        return await threads.ask(kind, asked, stored, asking)
      } catch (error) {
        throw threadError(error, timeLimitMs)
      }
    }
    const read = isSmall
      ? readHere
      : await ask('read-rows', { body: bytes, unknownMembers }, bytes.buffer)
    if (!read.ok) throw unreadable(read)
    const rowCount = read.batches.reduce((total, { nRows }) => total + nRows, 0)
    const rowBytes = 8 * rowCount * features.length + textBytes
    held.hold(rowBytes + Math.min(mostAnswerBytes, rowCount * answerBytesPerRow(model.info)))
    const every = sampleEvery(rowCount, sampleSize)
    let firstRow = 0
    const next = async (batch: Batch) => {
      const sampling = { every, firstRow }
      firstRow += batch.nRows
      try {
        return isSmall
          ? await answerPiece(model, batch, sampling)
          : await ask('answer-rows', { batch, sampling }, batch.numbers.buffer)
      } catch (error) {
        throw instancesError(error, sampling.firstRow)
      }
    }
    return oneAhead(read.batches, next)
  }
  return { predict, answer: createAnswerer(threads, timeLimitMs), close: threads.close }
}

/** The error for a body that could not be read. */
const unreadable = (read: Exclude<ReadRows, { readonly ok: true }>): ApiError => {
  if (read.reason === 'rows') return invalidBody(read.problems)
  if (read.reason === 'tooManyValues') {
    const message = `The rows have more than ${read.mostValues} values, those that are left out included: send fewer rows at a time`
    return new ApiError('body_too_large', message)
  }
  const { message, facts } = read.reason === 'notUtf8' ? notUtf8() : notJson(read.part)
  return new ApiError('invalid_body', message, facts.detail && { detail: facts.detail })
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
