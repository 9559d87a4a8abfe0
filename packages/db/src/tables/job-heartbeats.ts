import { sql } from 'kysely'
import { isOneOf, jsonElements } from '../connection/engine.ts'
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

/** Writes heartbeats of several claims in one statement, and how far each job has come. Returns the ids of those that were
 * still held. */
export const renewClaims = async (
  db: Database,
  claims: readonly (Claim & { readonly progress: number | null })[],
): Promise<ReadonlySet<string>> => {
  const ids = claims.map(({ id }) => id)
  const cells = claims.map(({ id, attempt, progress }) => [id, attempt, progress])
  const { rows } = await sql<{ id: string }>`
    update jobs set heartbeat = heartbeat + 1, progress = cast(value ->> 2 as double precision)
    from ${jsonElements(db, cells)}
    where ${isOneOf(db, 'jobs.id', ids)} and jobs.id = value ->> 0
      and attempt = cast(value ->> 1 as bigint) and state = 'running'
    returning jobs.id`.execute(db)
  return new Set(rows.map(({ id }) => id))
}

/** Whether any claim is held. */
export const isAnyJobRunning = async (db: Database): Promise<boolean> => {
  const row = await db
    .selectFrom('jobs')
    .select('id')
    .where('state', '=', sql.lit('running'))
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** All claims that are held, each with its last heartbeat. */
export const listHeartbeats = (db: Database): Promise<Heartbeat[]> =>
  db
    .selectFrom('jobs')
    .select(['id', 'attempt', 'heartbeat', attempts.as('attempts')])
    .where('state', '=', sql.lit('running'))
    .orderBy('id') // So that all who requeue several lock them in the same order.
    .execute()
