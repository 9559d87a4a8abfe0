import { setTimeout as wait } from 'node:timers/promises'
import { type Database, every, type JobRow } from '@dsapi/db'
import type { Dispatcher } from '../dispatch/dispatcher.ts'
import { claimJobs } from './claim-jobs.ts'
import { keepAlive } from './keep-alive.ts'
import { type RunOptions, runJob } from './run-job.ts'
import { createRunningJob, type RunningJob } from './running-job.ts'
import { createSweep } from './sweep.ts'

export type WorkerOptions = RunOptions & {
  /** How many jobs run at a time. */
  readonly concurrency: number
  /** Without a heartbeat for this long, a worker counts as lost. */
  readonly leaseMs: number
}

export type Worker = {
  /**
   * Takes no further jobs and waits for those that run. After `graceMs` the rest return to the queue, which does not count
   * as an attempt.
   */
  readonly stop: (graceMs: number) => Promise<void>
}

const sweepMs = 300

/** Takes jobs when the dispatcher wakes it and runs each with the handler, until it is stopped. */
export const startWorker = (
  db: Database,
  dispatcher: Dispatcher,
  options: WorkerOptions,
): Worker => {
  const running = new Set<RunningJob>()
  const runs = new Set<Promise<void>>()
  let isStopping = false

  const run = (row: JobRow): Promise<void> => {
    const job = createRunningJob(row)
    if (isStopping) job.end('stopping')
    running.add(job)
    const { computed, done } = runJob(db, job, options)
    const over = done.catch(options.onError).finally(() => {
      running.delete(job)
      runs.delete(over)
    })
    runs.add(over)
    return computed
  }

  const idle = async () => {
    while (runs.size > 0) await Promise.all(runs)
  }
  const returnAll = () => {
    isStopping = true
    for (const job of running) job.end('stopping')
  }

  /** An unreachable database is waited for no longer than other workers wait before they take over. */
  const inALease = (stopped: Promise<unknown>) =>
    Promise.race([stopped, wait(options.leaseMs, undefined, { ref: false })])

  const taking = claimJobs(db, dispatcher, { ...options, run })
  const alive = keepAlive(db, running, options)
  const sweep = createSweep(db, dispatcher, options)
  const sweeper = every(sweepMs, sweep.run, options.onError)
  sweeper.wake() // So that the jobs of a dead worker are found sooner.

  return {
    stop: async (graceMs) => {
      const timer = setTimeout(returnAll, graceMs)
      await inALease(Promise.all([taking.stop(), sweeper.stop()]))
      await idle()
      clearTimeout(timer)
      returnAll() // For a claim that was still under way.
      await inALease(Promise.all([alive.stop(), sweep.leave().catch(options.onError)]))
    },
  }
}
