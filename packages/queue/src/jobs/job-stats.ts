import { countEndedJobs, countLiveJobs, type Database, type JobState } from '@dsapi/db'

export type WaitingJobs = {
  readonly queued: number
  readonly running: number
  /** For how long the longest waiting job has waited, in seconds; null when none waits. */
  readonly oldestQueuedSeconds: number | null
}

export type JobStats = Pick<WaitingJobs, 'oldestQueuedSeconds'> & {
  /** How many jobs there are in each state. */
  readonly counts: Readonly<Record<JobState, number>>
}

/** Counts the jobs that wait and run: quick, however many have ended. */
export const countWaitingJobs = async (db: Database, now: number): Promise<WaitingJobs> => {
  const { queued, running, oldestQueuedAt } = await countLiveJobs(db)
  const oldestQueuedSeconds =
    oldestQueuedAt === null ? null : Math.max(0, now - oldestQueuedAt) / 1000
  return { queued, running, oldestQueuedSeconds }
}

/** Statistics as they are written in JSON. */
export const describeJobStats = ({ counts, oldestQueuedSeconds }: JobStats) => ({
  counts,
  oldest_queued_seconds: oldestQueuedSeconds,
})

/** Counts all jobs: a tenth of a second for each million that has ended. */
export const getJobStats = async (db: Database, now: number): Promise<JobStats> => {
  const { queued, running, oldestQueuedSeconds } = await countWaitingJobs(db, now)
  const counts = { queued, running, succeeded: 0, failed: 0, cancelled: 0 }
  for (const { state, count } of await countEndedJobs(db)) counts[state] += count
  return { counts, oldestQueuedSeconds }
}
