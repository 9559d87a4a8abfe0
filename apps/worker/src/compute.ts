import { InputError } from '@dsapi/inference'
import {
  createComputingThreads,
  type QuestionKind,
  type Questions,
  ThreadEnded,
} from '@dsapi/inference/threads'
import { JobError, type Task } from '@dsapi/queue'
import type { StoredModel } from '@dsapi/registry'

/** How long a thread may take over one piece of work: about a megabyte, which takes well under a second. */
const longestPieceMs = 60_000

/** Has something computed with a model, in a thread that ends when the task does. */
export type Compute = <K extends QuestionKind>(
  kind: K,
  asked: Questions[K]['asked'],
  model: StoredModel,
  task: Pick<Task, 'signal'>,
) => Promise<Questions[K]['answer']>

/** A thread has one piece of a batch at a time, of about a megabyte. */
const heapMb = 128

/**
 * @param size how many threads compute at a time
 * @param pieceMs how long one of them may take over a piece of work, besides any delay that was asked for; after that it
 *   is ended, and the attempt at the job fails
 */
export const createCompute = (
  size: number,
  pieceMs = longestPieceMs,
): { readonly compute: Compute; readonly close: () => Promise<void> } => {
  const threads = createComputingThreads({ size, heapMb })
  const compute: Compute = async (kind, asked, model, { signal }) => {
    const delayMs = 'delayMs' in asked ? asked.delayMs : 0
    try {
      return await threads.ask(kind, asked, model, { signal, timeLimitMs: delayMs + pieceMs })
    } catch (error) {
      throw toJobError(error, pieceMs)
    }
  }
  return { compute, close: threads.close }
}

/** What is said of an input, or of a time that is over, the job's owner may read. */
const toJobError = (error: unknown, pieceMs: number): unknown => {
  if (error instanceof InputError) {
    const { message, isFinal, stack } = error
    const jobError = new JobError(message, { isFinal })
    if (stack !== undefined) jobError.stack = stack
    return jobError
  }
  if (!(error instanceof ThreadEnded) || error.reason !== 'timeLimit') return error
  return new JobError(`A piece of the work took longer than ${pieceMs / 1000} seconds`)
}
