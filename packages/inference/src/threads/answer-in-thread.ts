import { parentPort } from 'node:worker_threads'
import type { Batch } from '../batch.ts'
import type { Predictions } from '../predictions.ts'
import { errorOf, postedError } from './posted-error.ts'
import type { PredictReply, ThreadAnswer } from './thread-pool.ts'

/** Takes the reply to the batch that this thread has asked its parent about. */
let takeReply: ((reply: PredictReply) => void) | undefined

/**
 * The other side of a thread pool: answers each question that is posted to this thread, with a result or an error.
 *
 * @param transferOf what goes over with an answer instead of being copied
 */
export const answerInThread = <Q, A>(
  compute: (question: Q) => A | Promise<A>,
  transferOf: (answer: A) => ArrayBuffer[] = () => [],
): void => {
  parentPort?.on('message', async (message: Q | PredictReply) => {
    if (isReply(message)) {
      takeReply?.(message)
      return
    }
    try {
      const value = await compute(message)
      post({ type: 'result', value }, transferOf(value))
    } catch (error) {
      post({ type: 'error', error: postedError(error) })
    }
  })
}

/**
 * Has the thread that asked compute a batch: an engine is there.
 *
 * @throws what the engine throws
 */
export const askParent = async (batch: Batch): Promise<Predictions> => {
  const reply = await new Promise<PredictReply>((resolve) => {
    takeReply = resolve
    post({ type: 'predict', batch })
  })
  takeReply = undefined
  if (reply.ok) return reply.predictions
  throw errorOf(reply.error)
}

const post = (answer: ThreadAnswer, transfer: ArrayBuffer[] = []) =>
  parentPort?.postMessage(answer, transfer)

const isReply = (message: unknown): message is PredictReply =>
  typeof message === 'object' &&
  message !== null &&
  'type' in message &&
  message.type === 'predictions'
