import { createThreadPool, moduleBeside, type Task, threadError } from '@dsapi/queue'
import type { StoredModel } from '@dsapi/registry'
import type { Computations, Kind } from './question.ts'

/** Has something computed with a model, in a thread that ends when the task does. */
export type Compute = <K extends Kind>(
  kind: K,
  asked: Computations[K]['asked'],
  model: StoredModel,
  task: Pick<Task, 'signal'>,
) => Promise<Computations[K]['answer']>

/** A thread has one piece of a batch at a time, of about a megabyte. */
const heapMb = 128

/** @param size how many threads compute at a time */
export const createCompute = (
  size: number,
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
    // The thread answers each kind of question with its own kind of answer.
    return (await pool.run(question, { signal })) as Computations[K]['answer']
  }
  return { compute, close: pool.close }
}
