import { sql } from 'kysely'
import { unindexed } from '../connection/engine.ts'
import type { JobState } from '../job-states.ts'
import type { Database, Instant } from '../schema.ts'

/** In the words of the index of ended jobs, which SQLite uses where it finds them again. */
export const isEnded = sql<boolean>`state in ('succeeded', 'failed', 'cancelled')`

/** How many jobs wait; counts no further than `limit`. */
export const countQueuedJobs = async (db: Database, limit: number): Promise<number> => {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count
    from (select 1 from jobs where state = 'queued' limit ${limit}) as waiting`.execute(db)
  return rows[0].count
}

/** How many jobs of an owner wait; counts no further than `limit`. */
export const countQueuedJobsOf = async (
  db: Database,
  keyId: string,
  limit: number,
): Promise<number> => {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count
    from (select 1 from jobs where state = 'queued' and key_id = ${keyId} limit ${limit}) as waiting`.execute(
    db,
  )
  return rows[0].count
}

export type LiveJobs = {
  readonly queued: number
  readonly running: number
  /** Since when the longest waiting one waits; null when none does. */
  readonly oldestQueuedAt: Instant | null
}

/** Counts the jobs that wait and run: quick, however many have ended. */
export const countLiveJobs = async (db: Database): Promise<LiveJobs> => {
  const count = db.selectFrom('jobs').select((eb) => eb.fn.countAll<number>().as('count'))
  const queued = await count
    .select((eb) => eb.fn.min<Instant | null>(unindexed(db, 'created_at')).as('oldest'))
    .where('state', '=', sql.lit('queued'))
    .executeTakeFirstOrThrow()
  const running = await count.where('state', '=', sql.lit('running')).executeTakeFirstOrThrow()
  return { queued: queued.count, running: running.count, oldestQueuedAt: queued.oldest }
}

export type StateCount = { readonly state: JobState; readonly count: number }

/** Counts the jobs that have ended, a state in one entry or several: a tenth of a second for a million. */
export const countEndedJobs = (db: Database): Promise<StateCount[]> =>
  db
    .selectFrom('jobs')
    .select((eb) => ['state', eb.fn.countAll<number>().as('count')])
    .where(isEnded)
    .groupBy(['key_id', 'state']) // In the order of the index.
    .execute()
