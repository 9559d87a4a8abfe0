import {
  type Database,
  deleteFinishedJobs,
  groupCommit,
  type Heartbeat,
  listHeartbeats,
  rescheduleJobs,
  tryAdvisoryLock,
} from '@dsapi/db'
import { removeOrphanedChunks } from '../batches/batch-chunks.ts'
import type { Dispatcher } from '../dispatch/dispatcher.ts'
import { changeJob } from '../jobs/change-job.ts'
import { workerLost } from '../jobs/job-error.ts'
import { backoffMs, longestBackoffMs } from './backoff.ts'
import { clearFinishedJobs } from './clear-jobs.ts'

type SweepOptions = {
  /** Without a heartbeat for this long, a worker counts as lost. */
  readonly leaseMs: number
  readonly maxAttempts: number
  /** How long the outcome of a finished job is kept. Its row is kept for twice as long. */
  readonly keepMs: number
}

type Seen = { readonly claim: Heartbeat; readonly since: number }

/** How many jobs are tidied in one commit, so that other writers do not wait for long. */
const sliceLimit = 500
/** And how many commits one sweep may take for it. */
const mostSlices = 20

/** Nothing of it is urgent, and every worker does it. */
const tidyEveryMs = 1000

const orphansEveryMs = 600_000

/**
 * Makes the function that queues the jobs of lost workers again, makes jobs due after a clock was set back, and removes what
 * is too old. Every worker calls it again and again. A second call does no harm, because each step asks for the state that
 * it expects.
 *
 * A worker is lost when this process has watched one of its claims for `leaseMs` and has seen no new heartbeat. That needs
 * only the monotonic clock of this process, and no two clocks that agree.
 */
export const createSweep = (
  db: Database,
  dispatcher: Dispatcher,
  { leaseMs, maxAttempts, keepMs }: SweepOptions,
): (() => Promise<void>) => {
  let seen = new Map<string, Seen>()
  let tidyAt = 0
  let orphansAt = 0

  const findSilent = async (): Promise<Heartbeat[]> => {
    const now = performance.now()
    const before = seen
    seen = new Map()
    for (const claim of await listHeartbeats(db)) {
      const known = before.get(claim.id)
      const isSame =
        known?.claim.attempt === claim.attempt && known.claim.heartbeat === claim.heartbeat
      seen.set(claim.id, isSame ? known : { claim, since: now })
    }
    return [...seen.values()].filter(({ since }) => now - since > leaseMs).map(({ claim }) => claim)
  }

  const takeOver = (silent: readonly Heartbeat[]) =>
    groupCommit(db, async (transaction) => {
      const now = Date.now()
      let areSomeQueued = false
      for (const claim of silent) {
        await changeJob(transaction, 'giveUp', { claim, maxAttempts, error: workerLost })
        // From the second time on at a random later time, so that a job which kills its workers is not claimed again
        // together with those that were claimed with it.
        const runAt = now + (claim.attempts > 1 ? backoffMs(claim.attempts, Math.random) : 0)
        const requeued = await changeJob(transaction, 'requeue', { claim, maxAttempts, runAt })
        if (requeued !== undefined) areSomeQueued = true
      }
      return areSomeQueued
    })

  const tidySlice = () =>
    groupCommit(db, async (transaction) => {
      if (!(await tryAdvisoryLock(transaction, 'tidy'))) return false // Another worker does it now.
      const now = Date.now()
      await rescheduleJobs(transaction, { runAfter: now + 2 * longestBackoffMs, now })
      const clear = { limit: sliceLimit, finishedBefore: now - keepMs, now }
      const isMoreToClear = await clearFinishedJobs(transaction, clear)
      const old = { limit: sliceLimit, finishedBefore: now - 2 * keepMs }
      return (await deleteFinishedJobs(transaction, old)) || isMoreToClear
    })

  const tidy = async () => {
    if (performance.now() < tidyAt) return
    tidyAt = performance.now() + tidyEveryMs
    for (let slices = 0; slices < mostSlices; slices++) if (!(await tidySlice())) return
  }

  const tidyOrphans = async () => {
    if (performance.now() < orphansAt) return
    orphansAt = performance.now() + orphansEveryMs
    await removeOrphanedChunks(db)
  }

  return async () => {
    const silent = await findSilent()
    if (silent.length > 0 && (await takeOver(silent))) dispatcher.announce()
    await tidy()
    await tidyOrphans()
  }
}
