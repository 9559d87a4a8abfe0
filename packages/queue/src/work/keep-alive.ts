import { type Database, every, groupCommit, type OnError, renewClaims } from '@dsapi/db'
import type { RunningJob } from './running-job.ts'

type KeepAliveOptions = {
  /** Without a heartbeat for this long, a worker counts as lost. */
  readonly leaseMs: number
  readonly onError: OnError
}

/**
 * Writes heartbeats of all running jobs, again and again, in one commit. A job that another worker holds now, or that was
 * cancelled, ends. So does a job whose heartbeat could not be written for as long as other workers wait before they take
 * over, so that two workers never believe that they hold the same job. The monotonic clock measures that, because nobody
 * can set it.
 */
export const keepAlive = (
  db: Database,
  running: ReadonlySet<RunningJob>,
  { leaseMs, onError }: KeepAliveOptions,
): { readonly stop: () => Promise<void> } => {
  // At least twice a second, so that a job that was cancelled ends within a second.
  const renewMs = Math.min(leaseMs / 3, 400)

  const renew = async () => {
    const begun = performance.now()
    const jobs = [...running]
    if (jobs.length === 0) return
    const claims = jobs.map(({ row: { id, attempt }, progress }) => ({ id, attempt, progress }))
    const held = await groupCommit(db, (transaction) => renewClaims(transaction, claims))
    for (const job of jobs) {
      if (held.has(job.row.id)) job.renewedAt = begun
      else job.end('lost')
    }
  }

  // Before the lease is over and not at the first look after it.
  const doubtMs = renewMs / 4
  const doubt = setInterval(() => {
    const over = performance.now() - leaseMs + doubtMs
    for (const job of running) if (job.renewedAt < over) job.end('unsure')
  }, doubtMs)
  const loop = every(renewMs, renew, onError)
  return {
    stop: () => {
      clearInterval(doubt)
      return loop.stop()
    },
  }
}
