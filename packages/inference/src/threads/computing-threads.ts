import type { ModelRuntime } from '../runtime.ts'
import type { PostedModel } from './model-reader.ts'
import { moduleBeside } from './module-beside.ts'
import type { QuestionKind, QuestionOf, Questions } from './questions.ts'
import { createThreadPool, type ThreadPool, type ThreadRunOptions } from './thread-pool.ts'

/** A model that threads are asked about: how they read it, and what computes where they do not. */
export type AskedModel = PostedModel & { readonly model: ModelRuntime }

/** Threads that answer questions about models. */
export type ComputingThreads = Pick<ThreadPool, 'waiting' | 'close'> & {
  /**
   * Has a question answered with a model.
   *
   * @throws InputError for what was sent; ThreadEnded when there is no answer; Error for anything else
   */
  readonly ask: <K extends QuestionKind>(
    kind: K,
    asked: Questions[K]['asked'],
    model: AskedModel,
    options: ThreadRunOptions,
  ) => Promise<Questions[K]['answer']>
}

type ThreadsOptions = {
  /** How many there may be; they are made as they are needed. */
  readonly size: number
  /** How much memory the values of a thread may take, in MiB. A thread that needs more is ended. */
  readonly heapMb: number
}

/** Makes threads that compute, so that heavy work neither stops this one nor outlives its time. */
export const createComputingThreads = ({ size, heapMb }: ThreadsOptions): ComputingThreads => {
  const url = moduleBeside('computing-thread', import.meta.url)
  const pool = createThreadPool({ url, size, heapMb })
  return {
    waiting: pool.waiting,
    close: pool.close,
    ask: async <K extends QuestionKind>(
      kind: K,
      asked: Questions[K]['asked'],
      { id, tag, source, model }: AskedModel,
      options: ThreadRunOptions,
    ) => {
      const question: QuestionOf<K> = { kind, asked, model: { id, tag, source } }
      const predict = source.type === 'engine' ? model.predict : undefined
      // The thread answers each kind of question with its own kind of answer.
      return (await pool.run(question, { ...options, predict })) as Questions[K]['answer']
    },
  }
}
