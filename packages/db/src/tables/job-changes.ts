import { sql } from 'kysely'
import { isPostgres, skipLocked } from '../connection/engine.ts'
import type { JobState } from '../job-states.ts'
import type { Database, Instant } from '../schema.ts'
import { attempts, type Heartbeat } from './job-heartbeats.ts'
import { type JobEvent, transitions } from './job-transitions.ts'
import type { Claim, JobRow } from './jobs.ts'
import { storableText } from './storable-text.ts'

// Every change of a job's state, one function a statement. `@dsapi/queue` calls them in one place (`change-job.ts`).

/** What is known of a job that was changed. */
export type ChangedJob = Pick<JobRow, (typeof changedColumns)[number]>

const changedColumns = [
  ...(['id', 'key_id', 'kind', 'state', 'created_at', 'finished_at'] as const),
  ...(['model_name', 'model_version', 'webhook_url'] as const),
] as const

/** Begins the statement of an event: the state that it leads to, from the states that it starts from. */
const change = (db: Database, event: JobEvent) => {
  const { from, to }: { readonly from: readonly JobState[]; readonly to: JobState } =
    transitions[event]
  const query = db.updateTable('jobs').set({ state: to })
  return from.length === 1
    ? query.where('state', '=', sql.lit(from[0]))
    : query.where(
        'state',
        'in',
        from.map((state) => sql.lit(state)),
      )
}

const changeClaimed = (db: Database, event: JobEvent, { id, attempt }: Claim) =>
  change(db, event).where('id', '=', id).where('attempt', '=', attempt).returning(changedColumns)

/** How many jobs of an owner are claimed at once, at most. */
export type Share = { readonly owner: string; readonly jobs: number }

type Due = { readonly shares: readonly Share[]; readonly now: Instant }

const isQueued = sql`state = ${sql.lit(transitions.claim.from[0])}`

/** The jobs of each owner that are due and have waited longest. */
const dueOf = (db: Database, { shares, now }: Due) => {
  const owners = shares.map(({ owner }) => owner)
  if (!isPostgres(db) && shares.length > 1 && shares.every(({ jobs }) => jobs === 1)) {
    // One text for any number of owners, so that the statement is prepared once.
    return sql<{ id: string }>`(
      select (select id from jobs where ${isQueued} and key_id = share.value and run_at <= ${now}
        order by run_at, id limit 1) as id
      from json_each(${JSON.stringify(owners)}) as share)`
  }
  if (!isPostgres(db)) {
    const waiting = shares.map(
      ({ owner, jobs }) => sql`select id from (
        select id from jobs where ${isQueued} and key_id = ${owner} and run_at <= ${now}
        order by run_at, id limit ${jobs})`,
    )
    return sql<{ id: string }>`(${sql.join(waiting, sql` union all `)})`
  }
  const jobs = shares.map(({ jobs }) => jobs)
  return sql<{ id: string }>`(
    select waiting.id from unnest(${owners}::text[], ${jobs}::bigint[]) as share (owner, jobs)
    cross join lateral (
      select id from jobs where ${isQueued} and key_id = share.owner and run_at <= ${now}
      order by run_at, id limit share.jobs for update skip locked) as waiting)`
}

/** Claims jobs that are due, of each owner those that have waited longest. */
export const claimJobsOf = async (db: Database, due: Due): Promise<JobRow[]> => {
  if (due.shares.length === 0) return []
  return (
    db
      // A table of its own, so that it is looked up once: PostgreSQL might look up a subquery again for each row.
      .with('due', () => dueOf(db, due))
      .updateTable('jobs')
      .set(({ eb }) => ({
        state: transitions.claim.to,
        attempt: eb('attempt', '+', 1),
        heartbeat: eb('heartbeat', '+', 1),
        progress: null,
        started_at: due.now,
      }))
      .where('id', 'in', (eb) => eb.selectFrom('due').select('id'))
      .returningAll()
      .execute()
  )
}

/** Writes the result of a claimed job. Undefined when the claim was lost. */
export const succeedJob = (
  db: Database,
  claim: Claim,
  { result, now }: { readonly result: string; readonly now: Instant },
): Promise<ChangedJob | undefined> =>
  changeClaimed(db, 'succeed', claim).set({ result, finished_at: now }).executeTakeFirst()

/** Ends a claimed job without a result. Undefined when the claim was lost. */
export const failJob = (
  db: Database,
  claim: Claim,
  { error, now }: { readonly error: string; readonly now: Instant },
): Promise<ChangedJob | undefined> =>
  changeClaimed(db, 'fail', claim)
    .set({ error: storableText(error), finished_at: now })
    .executeTakeFirst()

/** Queues a claimed job again, to run from `runAt` on. Undefined when the claim was lost. */
export const retryJob = (
  db: Database,
  claim: Claim,
  runAt: Instant,
): Promise<ChangedJob | undefined> =>
  changeClaimed(db, 'retry', claim).set({ run_at: runAt }).executeTakeFirst()

/** Queues a claimed job again as if it had not been claimed. Undefined when the claim was lost. */
export const releaseJob = (db: Database, claim: Claim): Promise<ChangedJob | undefined> =>
  changeClaimed(db, 'release', claim)
    .set(({ eb }) => ({ released: eb('released', '+', 1) }))
    .executeTakeFirst()

/** Cancels a job that waits or runs, of one key or, without `keyId`, of any. Returns the row as it became; a worker that
 * runs the job finds its claim lost. */
export const cancelJobRow = (
  db: Database,
  options: { readonly id: string; readonly keyId: string | undefined; readonly now: Instant },
): Promise<JobRow | undefined> => {
  const { id, keyId, now } = options
  const query = change(db, 'cancel').set({ finished_at: now }).where('id', '=', id)
  return (keyId === undefined ? query : query.where('key_id', '=', keyId))
    .returningAll()
    .executeTakeFirst()
}

/** Queues a job again that failed or was cancelled. Returns the row as it became. */
export const restartJob = (
  db: Database,
  options: { readonly id: string; readonly keyId?: string | undefined; readonly now: Instant },
): Promise<JobRow | undefined> =>
  change(db, 'restart')
    .$if(options.keyId !== undefined, (query) => query.where('key_id', '=', options.keyId ?? ''))
    .set(({ ref }) => ({
      // The number of claims goes on growing, because it fences off earlier claims. Those before do not count as attempts.
      released: ref('attempt'),
      error: null,
      progress: null,
      finished_at: null,
      run_at: options.now,
    }))
    .where('id', '=', options.id)
    .where('cleared_at', 'is', null)
    .returningAll()
    .executeTakeFirst()

/** A claim whose heartbeat has stopped at this number. */
export type SilentClaim = Omit<Heartbeat, 'attempts'>

/** Skips a row that another transaction is about to change. The other one may be the silent worker itself, which does not
 * go on until PostgreSQL ends it; a worker that waited for that could not write its own heartbeats either. */
const changeSilent = (db: Database, event: JobEvent, silent: SilentClaim) =>
  changeClaimed(db, event, silent)
    .where('heartbeat', '=', silent.heartbeat)
    .where(
      'id',
      'in',
      skipLocked(db, db.selectFrom('jobs').select('id').where('id', '=', silent.id)),
    )

/** Ends a job that was claimed `maxAttempts` times. Undefined when there was another heartbeat, or attempts are left. */
export const giveUpJob = (
  db: Database,
  silent: SilentClaim,
  options: { readonly now: Instant; readonly maxAttempts: number; readonly error: string },
): Promise<ChangedJob | undefined> =>
  changeSilent(db, 'giveUp', silent)
    .where(attempts, '>=', options.maxAttempts)
    .set({ error: options.error, finished_at: options.now })
    .executeTakeFirst()

/** Queues a job again that has attempts left. Undefined when there was another heartbeat, or none is left. */
export const requeueJob = (
  db: Database,
  silent: SilentClaim,
  options: { readonly runAt: Instant; readonly maxAttempts: number },
): Promise<ChangedJob | undefined> =>
  changeSilent(db, 'requeue', silent)
    .where(attempts, '<', options.maxAttempts)
    .set({ run_at: options.runAt })
    .executeTakeFirst()
