import {
  type Database,
  groupCommit,
  type Heartbeat,
  listHeartbeats,
  rescheduleJobs,
  tryAdvisoryLock,
} from '@dsapi/db'
import type { Dispatcher } from '../dispatch/dispatcher.ts'
import { changeJob } from '../jobs/change-job.ts'
import { workerLost } from '../jobs/job-error.ts'
import { backoffMs, longestBackoffMs } from './backoff.ts'
import { createWatcherSlot } from './watcher-slot.ts'

type SweepOptions = {
  /** Without a heartbeat for this long, a worker counts as lost. */
  readonly leaseMs: number
  readonly maxAttempts: number
}

type Seen = { readonly claim: Heartbeat; readonly since: number }

/** It is not urgent, and every worker does it. */
const rescheduleEveryMs = 5000

/** What a worker does for all workers, again and again. */
export type Sweep = { readonly run: () => Promise<void>; readonly leave: () => Promise<void> }

/**
 * Makes what queues the jobs of lost workers again, and makes jobs due after a clock was set back. Every worker runs it again
 * and again. A second run does no harm, because each step asks for the state that it expects.
 *
 * A few processes at a time watch the claims of all workers. A worker is lost when one of them has watched one of its claims
 * for `leaseMs` and has seen no new heartbeat. That needs only the monotonic clock of that process, and no two clocks that
 * agree.
 */
export const createSweep = (
  db: Database,
  dispatcher: Dispatcher,
  { leaseMs, maxAttempts }: SweepOptions,
): Sweep => {
  const slot = createWatcherSlot(db, leaseMs)
  let seen = new Map<string, Seen>()
  let rescheduleAt = 0

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

  const reschedule = async () => {
    if (performance.now() < rescheduleAt) return
    rescheduleAt = performance.now() + rescheduleEveryMs
    await groupCommit(db, async (transaction) => {
      if (!(await tryAdvisoryLock(transaction, 'tidy'))) return // Another process does it now.
      const now = Date.now()
      await rescheduleJobs(transaction, { runAfter: now + 2 * longestBackoffMs, now })
    })
  }

  const watch = async () => {
    if (!(await slot.isHeld())) {
      seen = new Map()
      return
    }
    const silent = await findSilent()
    if (seen.size > 0) await slot.renew()
    if (silent.length > 0 && (await takeOver(silent))) dispatcher.announce()
  }

  return {
    run: async () => {
      await watch()
      await reschedule()
    },
    leave: slot.leave,
  }
}
