import { Worker } from 'node:worker_threads'

/** What a thread is asked and answers; both must be what can be posted between threads. */
export type ThreadAnswer =
  | { readonly type: 'result'; readonly value: unknown }
  | {
      readonly type: 'error'
      readonly message: string
      /** For the log. */
      readonly stack?: string | undefined
      /** Whether the message is meant for the job's owner, and another attempt is in vain (see `JobError`). */
      readonly forOwner: boolean
      readonly isFinal: boolean
    }

type ThreadRunOptions = {
  readonly signal?: AbortSignal
  /** What goes over to the thread instead of being copied. */
  readonly transfer?: readonly ArrayBuffer[]
}

export type ThreadPool = {
  /**
   * Has a thread compute something, one at a time in each.
   *
   * @param options.signal when it is aborted the thread is ended, whatever it does, and another takes
   *   its place; the promise rejects
   * @throws what `toError` makes of an error; Error when the thread died
   */
  readonly run: (message: unknown, options?: ThreadRunOptions) => Promise<unknown>
  /** How many wait for a thread. */
  readonly waiting: () => number
  readonly close: () => Promise<void>
}

type PoolOptions = {
  /** The module that a thread runs; it answers each message in the end with a result or an error. */
  readonly url: URL
  /** How many threads there may be; they are made as they are needed. */
  readonly size: number
  readonly toError: (answer: ThreadAnswer & { readonly type: 'error' }) => Error
}

/** Threads for computing, so that heavy work neither stops this one nor outlives its time. */
export const createThreadPool = ({ url, size, toError }: PoolOptions): ThreadPool => {
  const idle: Worker[] = []
  const all = new Set<Worker>()
  const waiting: ((worker: Worker) => void)[] = []

  const make = () => {
    const worker = new Worker(url)
    worker.unref()
    all.add(worker)
    // A thread may die after its question was taken back, or while it has none.
    worker.on('error', () => {})
    worker.on('exit', () => {
      all.delete(worker)
      const index = idle.indexOf(worker)
      if (index >= 0) idle.splice(index, 1)
    })
    return worker
  }
  const take = (): Worker | Promise<Worker> => {
    const worker = idle.pop() ?? (all.size < size ? make() : undefined)
    return worker ?? new Promise((resolve) => waiting.push(resolve))
  }
  const giveBack = (worker: Worker) => {
    const next = waiting.shift()
    if (next === undefined) idle.push(worker)
    else next(worker)
  }
  const discard = (worker: Worker) => {
    all.delete(worker)
    void worker.terminate()
    const next = waiting.shift()
    if (next !== undefined) next(make())
  }

  const compute = (worker: Worker, message: unknown, { signal, transfer = [] }: ThreadRunOptions) =>
    new Promise<unknown>((resolve, reject) => {
      const leave = () => {
        signal?.removeEventListener('abort', onAbort)
        worker.off('message', onMessage)
        worker.off('error', onDeath)
        worker.off('exit', onExit)
      }
      const onMessage = (answer: ThreadAnswer) => {
        leave()
        giveBack(worker)
        if (answer.type === 'result') resolve(answer.value)
        else reject(toError(answer))
      }
      const onDeath = (error: unknown) => {
        leave()
        discard(worker)
        reject(error instanceof Error ? error : new Error(String(error)))
      }
      const onExit = (code: number) => onDeath(new Error(`The computing thread ended with ${code}`))
      const onAbort = () => onDeath(new Error('The computing was ended'))
      if (signal?.aborted) {
        giveBack(worker)
        reject(new Error('The computing was ended'))
        return
      }
      worker.on('message', onMessage)
      worker.on('error', onDeath)
      worker.on('exit', onExit)
      signal?.addEventListener('abort', onAbort)
      worker.postMessage(message, [...transfer])
    })

  return {
    waiting: () => waiting.length,
    run: async (message, options = {}) => compute(await take(), message, options),
    close: async () => {
      await Promise.all([...all].map((worker) => worker.terminate()))
      all.clear()
    },
  }
}
