import { sql } from 'kysely'
import type { Database } from '../schema.ts'
import type { Claim } from './jobs.ts'

/** How many attempts count: those that were not returned unused. */
export const attempts = sql<number>`attempt - released`

/** A held claim with the number of its last heartbeat. */
export type Heartbeat = Claim & { readonly heartbeat: number; readonly attempts: number }

/** Writes a heartbeat of a claim, and how far the job has come. Returns whether the claim was still held. */
export const renewClaim = async (
  db: Database,
  { id, attempt }: Claim,
  progress: number | null,
): Promise<boolean> => {
  const { numUpdatedRows } = await db
    .updateTable('jobs')
    .set(({ eb }) => ({ heartbeat: eb('heartbeat', '+', 1), progress }))
    .where('id', '=', id)
    .where('attempt', '=', attempt)
    .where('state', '=', sql.lit('running'))
    .executeTakeFirstOrThrow()
  return numUpdatedRows > 0n
}

/** All claims that are held, each with its last heartbeat. */
export const listHeartbeats = (db: Database): Promise<Heartbeat[]> =>
  db
    .selectFrom('jobs')
    .select(['id', 'attempt', 'heartbeat', attempts.as('attempts')])
    .where('state', '=', sql.lit('running'))
    .orderBy('id') // So that all who requeue several lock them in the same order.
    .execute()
