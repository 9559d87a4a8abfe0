import { claimJob, type Database } from '@dsapi/db'
import type { Dispatcher, Look } from './dispatcher.ts'
import { every } from './every.ts'
import { type RunOptions, runJob } from './run-job.ts'
import { sweep } from './sweep.ts'

export type WorkerOptions = RunOptions & {
  /** How many jobs run at a time. */
  readonly concurrency: number
  /** How long a finished job is kept. */
  readonly keepMs: number
}

export type Worker = {
  /**
   * Takes no further jobs and waits for those that run; after `graceMs` the rest go back to the
   * queue, without this having counted as an attempt.
   */
  readonly stop: (graceMs: number) => Promise<void>
}

const sweepMs = 500

/** Takes jobs as the dispatcher names them and runs each with the handler, until it is stopped. */
export const startWorker = (
  db: Database,
  dispatcher: Dispatcher,
  options: WorkerOptions,
): Worker => {
  const running = new Set<Promise<void>>()
  const stopping = new AbortController()

  const idle = async () => {
    while (running.size > 0) await Promise.all(running)
  }

  const look: Look = async (id) => {
    const now = Date.now()
    const row = await claimJob(db, { id, now, leaseUntil: now + options.leaseMs })
    if (row === undefined) return undefined
    const done = runJob(db, row, stopping.signal, options)
      .catch(options.onError)
      .finally(() => running.delete(done))
    running.add(done)
    return { done }
  }

  const listener = dispatcher.listen(look, options.concurrency)
  const sweeper = every(sweepMs, () => sweep(db, dispatcher, options), options.onError)

  return {
    stop: async (graceMs) => {
      const giveBack = setTimeout(() => stopping.abort(), graceMs)
      await Promise.all([listener.stop(), sweeper.stop(), idle()])
      await idle() // A claim that was under way when the listener stopped.
      clearTimeout(giveBack)
    },
  }
}
