import { countJobs, type Database, type JobState } from '@dsapi/db'

export type JobStats = {
  /** How many jobs there are in each state. */
  readonly counts: Readonly<Record<JobState, number>>
  /** For how long the longest waiting job has waited, in seconds; null when none waits. */
  readonly oldestQueuedSeconds: number | null
}

export const getJobStats = async (db: Database, now: number): Promise<JobStats> => {
  const { counts, oldestQueuedAt } = await countJobs(db)
  const sums = { queued: 0, running: 0, succeeded: 0, failed: 0, cancelled: 0 }
  for (const { state, count } of counts) sums[state] += count
  return {
    counts: sums,
    oldestQueuedSeconds: oldestQueuedAt === null ? null : Math.max(0, now - oldestQueuedAt) / 1000,
  }
}
