import {
  createThreadPool,
  JobError,
  moduleBeside,
  type Task,
  ThreadEnded,
  threadError,
} from '@dsapi/queue'
import type { StoredModel } from '@dsapi/registry'
import type { Computations, Kind } from './question.ts'

/** How long a thread may take over one piece of work: about a megabyte, which takes well under a second. */
const longestPieceMs = 60_000

/** Has something computed with a model, in a thread that ends when the task does. */
export type Compute = <K extends Kind>(
  kind: K,
  asked: Computations[K]['asked'],
  model: StoredModel,
  task: Pick<Task, 'signal'>,
) => Promise<Computations[K]['answer']>

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
  const pool = createThreadPool({
    url: moduleBeside('computing-thread', import.meta.url),
    size,
    heapMb,
    toError: threadError,
  })
  const compute: Compute = async <K extends Kind>(
    kind: K,
    asked: Computations[K]['asked'],
    { tag, json }: StoredModel,
    { signal }: Pick<Task, 'signal'>,
  ) => {
    const question = { kind, asked, model: { tag, json } }
    const delayMs = 'delayMs' in asked ? asked.delayMs : 0
    try {
      const answer = await pool.run(question, { signal, timeLimitMs: delayMs + pieceMs })
      // The thread answers each kind of question with its own kind of answer.
      return answer as Computations[K]['answer']
    } catch (error) {
      if (!(error instanceof ThreadEnded) || error.reason !== 'timeLimit') throw error
      throw new JobError(`A piece of the work took longer than ${pieceMs / 1000} seconds`)
    }
  }
  return { compute, close: pool.close }
}
