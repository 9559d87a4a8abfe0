import { Worker } from 'node:worker_threads'
import type { Batch } from '../batch.ts'
import type { Predictions } from '../predictions.ts'
import { errorOf, type PostedError, postedError } from './posted-error.ts'

/** What a thread is asked and answers; both must be what can be posted between threads. */
export type ThreadAnswer =
  /** A batch that the engine of the model has to compute, before the thread can go on. */
  | { readonly type: 'predict'; readonly batch: Batch }
  | { readonly type: 'result'; readonly value: unknown }
  | { readonly type: 'error'; readonly error: PostedError }

/** What a thread gets for a batch that it asked about. */
export type PredictReply = { readonly type: 'predictions' } & (
  | { readonly ok: true; readonly predictions: Predictions }
  | { readonly ok: false; readonly error: PostedError }
)

/**
 * Why a question has no answer: its signal was aborted (or the pool closed), no thread was free for too long, its
 * time was over, the thread had no memory left, or it ended in another way.
 */
export class ThreadEnded extends Error {
  override readonly name = 'ThreadEnded'
  readonly reason: 'aborted' | 'busy' | 'timeLimit' | 'outOfMemory' | 'died'

  constructor(reason: ThreadEnded['reason'], message: string, options?: ErrorOptions) {
    super(message, options)
    this.reason = reason
  }
}

export type ThreadRunOptions = {
  /** The owner of the question. The next free thread goes to the owner who has the fewest. */
  readonly owner?: string
  /** Aborted when nobody wants the answer any more. */
  readonly signal: AbortSignal
  /** How long a thread is waited for, and how long it may take then; without it, `signal` alone ends either. */
  readonly timeLimitMs?: number
  /** What goes over to the thread instead of being copied. */
  readonly transfer?: readonly ArrayBuffer[]
  /** Computes a batch for the thread, where an engine has to. */
  readonly predict?: ((batch: Batch, signal: AbortSignal) => Promise<Predictions>) | undefined
}

export type ThreadPool = {
  /**
   * Has a thread compute something, one at a time in each. A thread that takes too long, or whose answer nobody
   * wants any more, is ended, whatever it does, and another takes its place.
   *
   * @throws the error of the thread, as `errorOf` makes it; ThreadEnded
   */
  readonly run: (message: unknown, options: ThreadRunOptions) => Promise<unknown>
  /** How many questions of an owner wait for a thread. */
  readonly waiting: (owner: string) => number
  /** Ends all threads; each question that still waits fails with a ThreadEnded. */
  readonly close: () => Promise<void>
}

type PoolOptions = {
  /** The module that a thread runs; it answers each message in the end with a result or an error. */
  readonly url: URL
  /** How many threads there may be; they are made as they are needed. */
  readonly size: number
  /** How much memory the values of a thread may take, in MiB. A thread that needs more is ended. */
  readonly heapMb: number
}

type Waiter = {
  readonly owner: string
  readonly take: (worker: Worker) => void
  readonly giveUp: (error: Error) => void
}

/** Values that live for a short time only are kept apart from the others, in so many MiB. */
const youngMb = 32

const aborted = () => new ThreadEnded('aborted', 'The computing was ended')

/** Threads for computing, so that heavy work neither stops this one nor outlives its time. */
export const createThreadPool = ({ url, size, heapMb }: PoolOptions): ThreadPool => {
  const idle: Worker[] = []
  const all = new Set<Worker>()
  const waiting = new Set<Waiter>()
  /** How many threads compute for each owner. */
  const computing = new Map<string, number>()
  let isClosed = false

  const make = () => {
    const resourceLimits = { maxOldGenerationSizeMb: heapMb, maxYoungGenerationSizeMb: youngMb }
    const worker = new Worker(url, { resourceLimits })
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
  const computingFor = (owner: string) => computing.get(owner) ?? 0
  const count = (owner: string, change: 1 | -1) => {
    const left = computingFor(owner) + change
    if (left === 0) computing.delete(owner)
    else computing.set(owner, left)
  }
  /** Of owners with equally few threads, the question that has waited longest comes first. */
  const nextWaiter = (): Waiter | undefined => {
    let next: Waiter | undefined
    for (const waiter of waiting) {
      if (next === undefined || computingFor(waiter.owner) < computingFor(next.owner)) next = waiter
    }
    return next
  }
  const waitForThread = ({ owner = '', signal, timeLimitMs }: ThreadRunOptions) =>
    new Promise<Worker>((resolve, reject) => {
      const onAbort = () => waiter.giveUp(aborted())
      const onLimit = () => waiter.giveUp(new ThreadEnded('busy', 'No thread was free in time'))
      const limit = timeLimitMs === undefined ? undefined : setTimeout(onLimit, timeLimitMs)
      const leave = () => {
        clearTimeout(limit)
        waiting.delete(waiter)
        signal.removeEventListener('abort', onAbort)
      }
      const waiter: Waiter = {
        owner,
        take: (worker) => {
          leave()
          resolve(worker)
        },
        giveUp: (error) => {
          leave()
          reject(error)
        },
      }
      waiting.add(waiter)
      signal.addEventListener('abort', onAbort)
    })
  const take = (options: ThreadRunOptions): Worker | Promise<Worker> => {
    if (isClosed || options.signal.aborted) throw aborted()
    const worker = idle.pop() ?? (all.size < size ? make() : undefined)
    return worker ?? waitForThread(options)
  }
  const giveBack = (worker: Worker) => {
    const next = nextWaiter()
    if (next === undefined) idle.push(worker)
    else next.take(worker)
  }
  const discard = (worker: Worker) => {
    all.delete(worker)
    void worker.terminate()
    const next = nextWaiter()
    if (next !== undefined && !isClosed) next.take(make())
  }

  const compute = (worker: Worker, message: unknown, options: ThreadRunOptions) =>
    new Promise<unknown>((resolve, reject) => {
      const { owner = '', signal, timeLimitMs, transfer = [] } = options
      const leave = () => {
        count(owner, -1)
        clearTimeout(limit)
        signal.removeEventListener('abort', onAbort)
        worker.off('message', onMessage)
        worker.off('error', onError)
        worker.off('exit', onExit)
      }
      const onMessage = (answer: ThreadAnswer) => {
        if (answer.type === 'predict') {
          void replyTo(answer.batch, options).then((reply) => worker.postMessage(reply))
          return
        }
        leave()
        giveBack(worker)
        if (answer.type === 'result') resolve(answer.value)
        else reject(errorOf(answer.error))
      }
      const end = (error: Error) => {
        leave()
        discard(worker)
        reject(error)
      }
      const onError = (error: unknown) => end(isClosed ? aborted() : toThreadEnded(error))
      const onExit = (code: number) =>
        end(
          isClosed ? aborted() : new ThreadEnded('died', `The computing thread ended with ${code}`),
        )
      const onAbort = () => end(aborted())
      const onLimit = () => {
        const message = `The computing was ended: it took longer than ${timeLimitMs} ms`
        end(new ThreadEnded('timeLimit', message))
      }
      if (signal.aborted || isClosed) {
        giveBack(worker)
        reject(aborted())
        return
      }
      const limit = timeLimitMs === undefined ? undefined : setTimeout(onLimit, timeLimitMs)
      count(owner, 1)
      worker.on('message', onMessage)
      worker.on('error', onError)
      worker.on('exit', onExit)
      signal.addEventListener('abort', onAbort)
      worker.postMessage(message, [...transfer])
    })

  return {
    waiting: (owner) => [...waiting].filter((waiter) => waiter.owner === owner).length,
    run: async (message, options) => compute(await take(options), message, options),
    close: async () => {
      isClosed = true
      for (const waiter of waiting) waiter.giveUp(aborted())
      await Promise.all([...all].map((worker) => worker.terminate()))
      all.clear()
    },
  }
}

const replyTo = async (
  batch: Batch,
  { predict, signal }: ThreadRunOptions,
): Promise<PredictReply> => {
  try {
    if (predict === undefined) throw new Error('No engine computes for this thread')
    return { type: 'predictions', ok: true, predictions: await predict(batch, signal) }
  } catch (error) {
    return { type: 'predictions', ok: false, error: postedError(error) }
  }
}

const toThreadEnded = (error: unknown): ThreadEnded => {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return code === 'ERR_WORKER_OUT_OF_MEMORY'
    ? new ThreadEnded('outOfMemory', 'The computing took more memory than it may', { cause: error })
    : new ThreadEnded('died', `The computing thread died: ${String(error)}`, { cause: error })
}
