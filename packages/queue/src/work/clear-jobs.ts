import { clearJobs, type Database, findJobsToClear } from '@dsapi/db'
import { removeSomeChunks } from '../batches/batch-chunks.ts'

type FinishedJobs = {
  readonly finishedBefore: number
  /** Of how many jobs at most. */
  readonly limit: number
  readonly now: number
}

/**
 * Clears what came with jobs that finished before an instant, and what came of them. Their chunks go first, as many as
 * one commit may remove. Returns whether there may be more to clear.
 */
export const clearFinishedJobs = async (
  db: Database,
  { now, ...finished }: FinishedJobs,
): Promise<boolean> => {
  const jobIds = await findJobsToClear(db, finished)
  if (jobIds.length === 0) return false
  if (await removeSomeChunks(db, jobIds)) return true
  await clearJobs(db, jobIds, now)
  return jobIds.length === finished.limit
}
