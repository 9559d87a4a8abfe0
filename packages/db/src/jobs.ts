import { type Selectable, sql } from 'kysely'
import type { Database, Instant, JobsTable } from './schema.ts'
import { wasChanged } from './was-changed.ts'

export type JobRow = Selectable<JobsTable>

/** A claim on a job. Every later statement about it asks for `attempt`, so that a claim that was
 * lost to another worker changes nothing. */
export type Claim = { readonly id: string; readonly attempt: number }

type NewJob = {
  readonly id: string
  readonly keyId: string
  readonly input: string
  readonly now: Instant
}

export const insertJob = async (db: Database, job: NewJob): Promise<void> => {
  await db
    .insertInto('jobs')
    .values({
      id: job.id,
      key_id: job.keyId,
      state: 'queued',
      input: job.input,
      attempt: 0,
      released: 0,
      created_at: job.now,
      run_at: job.now,
    })
    .execute()
}

export const findJob = (db: Database, id: string): Promise<JobRow | undefined> =>
  db.selectFrom('jobs').selectAll().where('id', '=', id).executeTakeFirst()

/** Whether at least `limit` jobs wait; looks at no more than that many. */
export const hasQueuedJobs = async (db: Database, limit: number): Promise<boolean> => {
  const row = await db
    .selectFrom('jobs')
    .select('id')
    .where('state', '=', sql.lit('queued'))
    .limit(1)
    .offset(limit - 1)
    .executeTakeFirst()
  return row !== undefined
}

/** The jobs that may run now and whose turn has come, the longest waiting first. */
export const findQueuedJobs = (
  db: Database,
  options: { readonly dueBefore: Instant; readonly limit: number },
): Promise<Claim[]> =>
  db
    .selectFrom('jobs')
    .select(['id', 'attempt'])
    .where('state', '=', sql.lit('queued'))
    .where('run_at', '<=', options.dueBefore)
    .orderBy('run_at')
    .orderBy('id')
    .limit(options.limit)
    .execute()

/** Takes a queued job whose time has come; none when another was faster or it is not queued. */
export const claimJob = (
  db: Database,
  options: { readonly id: string; readonly now: Instant; readonly leaseUntil: Instant },
): Promise<JobRow | undefined> =>
  db
    .updateTable('jobs')
    .set(({ eb }) => ({
      state: 'running',
      attempt: eb('attempt', '+', 1),
      started_at: options.now,
      lease_until: options.leaseUntil,
    }))
    .where('id', '=', options.id)
    .where('state', '=', 'queued')
    .where('run_at', '<=', options.now)
    .returningAll()
    .executeTakeFirst()

const updateClaimed = (db: Database, { id, attempt }: Claim) =>
  db
    .updateTable('jobs')
    .where('id', '=', id)
    .where('attempt', '=', attempt)
    .where('state', '=', 'running')

/** Holds a claim for longer; says whether it was still held. */
export const renewLease = (db: Database, claim: Claim, leaseUntil: Instant): Promise<boolean> =>
  wasChanged(updateClaimed(db, claim).set({ lease_until: leaseUntil }))

/** Writes the result of a claimed job; says whether the claim was still held. */
export const succeedJob = (
  db: Database,
  claim: Claim,
  { result, now }: { readonly result: string; readonly now: Instant },
): Promise<boolean> =>
  wasChanged(
    updateClaimed(db, claim).set({
      state: 'succeeded',
      result,
      lease_until: null,
      finished_at: now,
    }),
  )

/** Ends a claimed job without a result; says whether the claim was still held. */
export const failJob = (
  db: Database,
  claim: Claim,
  { error, now }: { readonly error: string; readonly now: Instant },
): Promise<boolean> =>
  wasChanged(
    updateClaimed(db, claim).set({ state: 'failed', error, lease_until: null, finished_at: now }),
  )

/** Puts a claimed job back, to be tried again from `runAt`; says whether the claim was still held. */
export const retryJob = (db: Database, claim: Claim, runAt: Instant): Promise<boolean> =>
  wasChanged(updateClaimed(db, claim).set({ state: 'queued', lease_until: null, run_at: runAt }))

/** Puts a claimed job back as if it had not been claimed; says whether the claim was still held. */
export const releaseJob = (db: Database, claim: Claim): Promise<boolean> =>
  wasChanged(
    updateClaimed(db, claim).set(({ eb }) => ({
      state: 'queued',
      lease_until: null,
      released: eb('released', '+', 1),
    })),
  )

const updateLapsed = (db: Database, now: Instant) =>
  db.updateTable('jobs').where('state', '=', sql.lit('running')).where('lease_until', '<', now)

/** Ends the jobs whose worker was lost and that have been claimed `maxAttempts` times; says which. */
export const failLapsedJobs = (
  db: Database,
  options: { readonly now: Instant; readonly maxAttempts: number; readonly error: string },
): Promise<Claim[]> =>
  updateLapsed(db, options.now)
    .where(({ eb }) => eb(eb('attempt', '-', eb.ref('released')), '>=', options.maxAttempts))
    .set({
      state: 'failed',
      error: options.error,
      lease_until: null,
      finished_at: options.now,
    })
    .returning(['id', 'attempt'])
    .execute()

/** Puts the jobs back whose worker was lost and that may be tried again; says which. */
export const requeueLapsedJobs = (
  db: Database,
  options: { readonly now: Instant; readonly maxAttempts: number },
): Promise<Claim[]> =>
  updateLapsed(db, options.now)
    .where(({ eb }) => eb(eb('attempt', '-', eb.ref('released')), '<', options.maxAttempts))
    .set({ state: 'queued', lease_until: null, run_at: options.now })
    .returning(['id', 'attempt'])
    .execute()

/** Clears away what finished before an instant, at most `limit` jobs; says how many. */
export const deleteFinishedJobs = async (
  db: Database,
  options: { readonly finishedBefore: Instant; readonly limit: number },
): Promise<number> => {
  const old = db
    .selectFrom('jobs')
    .select('id')
    .where('finished_at', 'is not', null)
    .where('finished_at', '<', options.finishedBefore)
    .orderBy('finished_at')
    .limit(options.limit)
  const { numDeletedRows } = await db
    .deleteFrom('jobs')
    .where('id', 'in', old)
    .executeTakeFirstOrThrow()
  return Number(numDeletedRows)
}
