import { parentPort } from 'node:worker_threads'
import { JobError } from './job-error.ts'
import type { ThreadAnswer } from './thread-pool.ts'

/**
 * The other side of a thread pool: has each question that is posted to this thread answered, or told why not.
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
      const message = error instanceof Error ? (error.stack ?? error.message) : String(error)
      post({ type: 'error', message, forOwner: error instanceof JobError })
    }
  })
}
