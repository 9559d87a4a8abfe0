import { sql } from 'kysely'
import { unindexed } from '../connection/engine.ts'
import type { JobState } from '../job-states.ts'
import type { Database, Instant } from '../schema.ts'
import type { JobRow } from './jobs.ts'

/** In the words of the index of ended jobs, which SQLite uses where it finds them again. */
const isEnded = sql<boolean>`state in ('succeeded', 'failed', 'cancelled')`

type ListOptions = {
  readonly keyId: string | undefined
  readonly state: JobState | undefined
  readonly before: { readonly createdAt: Instant; readonly id: string } | undefined
  readonly limit: number
}

/** Jobs, the newest first; of one key, or of all. */
export const listJobRows = (db: Database, options: ListOptions): Promise<JobRow[]> => {
  const { keyId, state, before, limit } = options
  let query = db.selectFrom('jobs').selectAll()
  if (state !== undefined) query = query.where('state', '=', sql.lit(state))
  const isLive = state === 'queued' || state === 'running'
  // Live ones are few, and in an index of their own: SQLite shall not walk over all that there ever were, for
  // the sake of their key or their order.
  const plain = <T>(column: string) => unindexed<T>(db, column)
  if (keyId !== undefined) {
    query = query.where(isLive ? plain<string>('key_id') : 'key_id', '=', keyId)
  }
  if (state !== undefined && !isLive) query = query.where(isEnded)
  if (before !== undefined) {
    query = query.where((eb) =>
      eb(eb.refTuple('created_at', 'id'), '<', eb.tuple(before.createdAt, before.id)),
    )
  }
  const createdAt = isLive ? plain<Instant>('created_at') : 'created_at'
  return query.orderBy(createdAt, 'desc').orderBy('id', 'desc').limit(limit).execute()
}

/** How many jobs wait; counts no further than `limit`. */
export const countQueuedJobs = async (db: Database, limit: number): Promise<number> => {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count
    from (select 1 from jobs where state = 'queued' limit ${limit}) as waiting`.execute(db)
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
