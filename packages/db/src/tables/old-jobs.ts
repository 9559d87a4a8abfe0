import type { Database, Instant } from '../schema.ts'

type OldJobs = { readonly finishedBefore: Instant; readonly limit: number }

/** The ids of jobs that finished before an instant and were not cleared yet, the oldest first. */
export const findJobsToClear = async (
  db: Database,
  { finishedBefore, limit }: OldJobs,
): Promise<string[]> => {
  const rows = await db
    .selectFrom('jobs')
    .select('id')
    .where('finished_at', 'is not', null)
    .where('cleared_at', 'is', null)
    .where('finished_at', '<', finishedBefore)
    .orderBy('finished_at')
    .limit(limit)
    .execute()
  return rows.map(({ id }) => id)
}

/** Clears what came with jobs, and what came of them. That they were there remains known. */
export const clearJobs = async (
  db: Database,
  jobIds: readonly string[],
  now: Instant,
): Promise<void> => {
  await db
    .updateTable('jobs')
    .set({ input: '', result: null, error: null, cleared_at: now })
    .where('id', 'in', jobIds)
    .execute()
}
