import {
  type AnsweredRequest,
  answerRequest,
  type Protocol,
  type ProtocolRequest,
} from '@dsapi/inference'
import type { createComputingThreads } from '@dsapi/inference/threads'
import type { StoredModel } from '@dsapi/registry'
import { ApiError } from '../../http/errors.ts'
import { mostWaiting, smallBytes, threadError, tooMany } from './thread-limits.ts'

type AnswerOptions = {
  readonly ownerId: string
  /** How many of the rows are given back for the log of predictions, at most. */
  readonly sampleSize: number
  /** Aborted when nobody wants the answer any more. */
  readonly signal: AbortSignal
}

type Answered = Extract<AnsweredRequest, { readonly ok: true }>

/**
 * Answers a whole request of a protocol.
 *
 * @throws ApiError `invalid_body`; `body_too_large` when it takes too much memory; `deadline_exceeded` when it takes too long;
 *   `unavailable` when too many requests wait already, or for too long
 */
export type Answerer = (
  stored: StoredModel,
  protocol: Protocol,
  request: ProtocolRequest,
  options: AnswerOptions,
) => Promise<Answered>

/** Rows and answers that take less than a millisecond. */
const smallAnswer = 2 ** 18
const largestAnswer = 2 ** 27

/** Makes what answers small requests on the spot, and large ones in threads. */
export const createAnswerer =
  (
    threads: Pick<ReturnType<typeof createComputingThreads>, 'ask' | 'waiting'>,
    timeLimitMs: number,
  ): Answerer =>
  async (stored, protocol, request, { ownerId, sampleSize, signal }) => {
    const isSmall = request.body.length <= smallBytes
    const as = { name: stored.name, version: String(stored.version) }
    const answerHere = () =>
      answerRequest(protocol, request, stored.model, as, { sampleSize, mostBytes: smallAnswer })
    const answerInThread = async () => {
      if (threads.waiting(ownerId) >= mostWaiting) throw tooMany()
      const options = { sampleSize, mostBytes: largestAnswer }
      const asked = { protocol: protocol.name, request, as, options }
      // A small body may be needed once more, for another version.
      const transfer = isSmall ? [] : [request.body.buffer]
      const asking = { owner: ownerId, signal, timeLimitMs, transfer }
      return threads.ask('answer-request', asked, stored, asking)
    }
    try {
      const here = isSmall ? await answerHere() : undefined
      const isForThread = here === undefined || (!here.ok && here.isTooLarge === true)
      return answerOf(isForThread ? await answerInThread() : here)
    } catch (error) {
      // As the protocols have it.
      throw threadError(error, timeLimitMs, 'deadline_exceeded')
    }
  }

const answerOf = (answered: AnsweredRequest): Answered => {
  if (answered.ok) return answered
  const { message, detail, errorName } = answered
  throw new ApiError(codeOf(answered), message, {
    ...(detail && { detail }),
    ...(errorName !== undefined && { errorName }),
  })
}

const codeOf = ({ status, isTooLarge }: Exclude<AnsweredRequest, { readonly ok: true }>) => {
  if (isTooLarge) return 'body_too_large'
  return status === 415 ? 'unsupported_media_type' : 'invalid_body'
}
