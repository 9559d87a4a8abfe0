import { parentPort } from 'node:worker_threads'
import { InputError } from '../input-error.ts'
import type { ThreadAnswer } from './thread-pool.ts'

/**
 * The other side of a thread pool: answers each question that is posted to this thread, with a result or an error.
 *
 * @param transferOf what goes over with an answer instead of being copied
 */
export const answerInThread = <Q, A>(
  compute: (question: Q) => A | Promise<A>,
  transferOf: (answer: A) => ArrayBuffer[] = () => [],
): void => {
  const post = (answer: ThreadAnswer, transfer: ArrayBuffer[] = []) =>
    parentPort?.postMessage(answer, transfer)
  parentPort?.on('message', async (question: Q) => {
    try {
      const value = await compute(question)
      post({ type: 'result', value }, transferOf(value))
    } catch (error) {
      post(errorAnswer(error))
    }
  })
}

/** The stack is only for the log. The message may go to the sender of the input. */
const errorAnswer = (error: unknown): ThreadAnswer => {
  if (!(error instanceof Error)) {
    return { type: 'error', message: String(error), forSender: false, isFinal: false }
  }
  const { message, stack } = error
  const forSender = error instanceof InputError
  return { type: 'error', message, stack, forSender, isFinal: forSender && error.isFinal }
}
