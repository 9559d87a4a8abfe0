import { InputError, ModelFailedError } from '@dsapi/inference'
import {
  createComputingThreads,
  type QuestionKind,
  type Questions,
  ThreadEnded,
} from '@dsapi/inference/threads'
import { JobError, type Task } from '@dsapi/queue'
import type { StoredModel } from '@dsapi/registry'

/** How long a thread may take over one piece of work: about a megabyte, which takes well under a second. */
export const longestPieceMs = 60_000

/** Has something computed with a model, in a thread that ends when the task does. */
export type Compute = <K extends QuestionKind>(
  kind: K,
  asked: Questions[K]['asked'],
  model: StoredModel,
  task: Pick<Task, 'signal'>,
) => Promise<Questions[K]['answer']>

/** A thread has one piece of a batch at a time, of about a megabyte. */
const usualHeapMb = 128

/**
 * @param size how many threads compute at a time
 * @param pieceMs how long one of them may take over a piece of work, besides any delay that was asked for; after that it
 *   is ended, and the attempt at the job fails
 * @param heapMb how much memory the values of a thread may take, in MiB; the job of a thread that needs more fails
 */
export const createCompute = (
  size: number,
  pieceMs = longestPieceMs,
  heapMb = usualHeapMb,
): { readonly compute: Compute; readonly close: () => Promise<void> } => {
  const threads = createComputingThreads({ size, heapMb })
  const compute: Compute = async (kind, asked, model, { signal }) => {
    const delayMs = 'delayMs' in asked ? asked.delayMs : 0
    try {
      return await threads.ask(kind, asked, model, { signal, timeLimitMs: delayMs + pieceMs })
    } catch (error) {
      throw toJobError(error, pieceMs, heapMb)
    }
  }
  return { compute, close: threads.close }
}

/** The job's owner may read what is wrong with the input, and which limit a piece of the work has exceeded. */
const toJobError = (error: unknown, pieceMs: number, heapMb: number): unknown => {
  if (error instanceof InputError) {
    const { field, message, isFinal, stack } = error
    const jobError = new JobError(field === undefined ? message : `${field} ${message}`, {
      isFinal,
    })
    if (stack !== undefined) jobError.stack = stack
    return jobError
  }
  if (error instanceof ModelFailedError) {
    return new JobError('The model has failed', { cause: error })
  }
  if (!(error instanceof ThreadEnded)) return error
  if (error.reason === 'outOfMemory') {
    // Another attempt would need as much.
    const message = `A piece of the work took more memory than ${heapMb} MiB. Submit shorter rows`
    return new JobError(message, { isFinal: true, cause: error })
  }
  return error.reason === 'timeLimit'
    ? new JobError(`A piece of the work took longer than ${pieceMs / 1000} seconds`)
    : error
}
