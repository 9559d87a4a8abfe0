import type { Database, Instant } from '../schema.ts'
import { deleteSomeChunks } from './job-chunks.ts'

type OldJobs = { readonly finishedBefore: Instant; readonly limit: number }

/**
 * Takes away what came with jobs that finished before an instant, and what came of them, of at most `limit`
 * jobs; that they were there remains. Says whether there may be more to take away.
 */
export const clearFinishedJobs = async (
  db: Database,
  { finishedBefore, limit, now }: OldJobs & { readonly now: Instant },
): Promise<boolean> => {
  const rows = await db
    .selectFrom('jobs')
    .select('id')
    .where('finished_at', 'is not', null)
    .where('cleared_at', 'is', null)
    .where('finished_at', '<', finishedBefore)
    .orderBy('finished_at')
    .limit(limit)
    .execute()
  if (rows.length === 0) return false
  const jobIds = rows.map(({ id }) => id)
  if (await deleteSomeChunks(db, jobIds)) return true
  await db
    .updateTable('jobs')
    .set({ input: '', result: null, error: null, cleared_at: now })
    .where('id', 'in', jobIds)
    .execute()
  return rows.length === limit
}

/** Deletes the rows of jobs that finished before an instant, at most `limit`; says whether there may be more. */
export const deleteFinishedJobs = async (
  db: Database,
  { finishedBefore, limit }: OldJobs,
): Promise<boolean> => {
  const { numDeletedRows } = await db
    .deleteFrom('jobs')
    .where('id', 'in', (eb) =>
      eb
        .selectFrom('jobs')
        .select('id')
        .where('finished_at', 'is not', null)
        .where('finished_at', '<', finishedBefore)
        .orderBy('finished_at')
        .limit(limit),
    )
    .executeTakeFirstOrThrow()
  return numDeletedRows === BigInt(limit)
}
