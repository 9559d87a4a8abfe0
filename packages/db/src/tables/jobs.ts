import { type Selectable, sql } from 'kysely'
import { skipLocked } from '../connection/engine.ts'
import type { Database, Instant, JobState, JobsTable } from '../schema.ts'
import { wasChanged } from './changed-rows.ts'
import { storableText } from './storable-text.ts'

// Every change of a job's life. States that are asked for stand in the SQL itself. As parameters they would make SQLite plan the statement
// anew each time: with another value, another partial index might do.

export type JobRow = Selectable<JobsTable>

/** A claim on a job. Every later statement about it asks for `attempt`, so that a claim that was
 * lost to another worker changes nothing. */
export type Claim = { readonly id: string; readonly attempt: number }

export type NewJobRow = {
  readonly id: string
  readonly keyId: string
  readonly kind: string
  readonly input: string
  readonly timeLimitMs: number
  readonly idempotencyKey: string | null
  readonly fingerprint: string | null
  readonly requestId: string | null
  readonly traceparent: string | null
  readonly modelVersion: string | null
  readonly now: Instant
}

/** Writes a job down; says whether it is new, which it is not if its idempotency key was used. */
export const insertJob = async (db: Database, job: NewJobRow): Promise<boolean> => {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('jobs')
    .values({
      id: job.id,
      key_id: job.keyId,
      kind: job.kind,
      state: 'queued',
      input: job.input,
      time_limit_ms: job.timeLimitMs,
      idempotency_key: job.idempotencyKey,
      fingerprint: job.fingerprint,
      request_id: job.requestId,
      traceparent: job.traceparent,
      model_version: job.modelVersion,
      attempt: 0,
      released: 0,
      created_at: job.now,
      run_at: job.now,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['key_id', 'idempotency_key'])
        .where('idempotency_key', 'is not', null)
        .doNothing(),
    )
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 1n
}

export const findJob = (db: Database, id: string): Promise<JobRow | undefined> =>
  db.selectFrom('jobs').selectAll().where('id', '=', id).executeTakeFirst()

export const findJobByIdempotencyKey = (
  db: Database,
  { keyId, idempotencyKey }: { readonly keyId: string; readonly idempotencyKey: string },
): Promise<JobRow | undefined> =>
  db
    .selectFrom('jobs')
    .selectAll()
    .where('key_id', '=', keyId)
    .where('idempotency_key', '=', idempotencyKey)
    .executeTakeFirst()

export const findJobs = (db: Database, ids: readonly string[]): Promise<JobRow[]> =>
  db.selectFrom('jobs').selectAll().where('id', 'in', ids).execute()

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

/** Takes the jobs whose turn has come, at most `limit`. */
export const claimNextJobs = (
  db: Database,
  options: { readonly now: Instant; readonly limit: number },
): Promise<JobRow[]> =>
  db
    // A table of its own, so that it is looked up once: PostgreSQL might look up a subquery again for each row.
    .with('due', (due) =>
      skipLocked(
        db,
        due
          .selectFrom('jobs')
          .select('id')
          .where('state', '=', sql.lit('queued'))
          .where('run_at', '<=', options.now)
          .orderBy('run_at')
          .orderBy('id')
          .limit(options.limit),
      ),
    )
    .updateTable('jobs')
    .set(({ eb }) => ({
      state: 'running',
      attempt: eb('attempt', '+', 1),
      heartbeat: eb('heartbeat', '+', 1),
      progress: null,
      started_at: options.now,
    }))
    .where('id', 'in', (eb) => eb.selectFrom('due').select('id'))
    .returningAll()
    .execute()

const updateClaimed = (db: Database, { id, attempt }: Claim) =>
  db
    .updateTable('jobs')
    .where('id', '=', id)
    .where('attempt', '=', attempt)
    .where('state', '=', sql.lit('running'))

/** Gives a sign of life for a claim, and says how far it has come; says whether it was still held. */
export const renewClaim = (db: Database, claim: Claim, progress: number | null): Promise<boolean> =>
  wasChanged(
    updateClaimed(db, claim).set(({ eb }) => ({
      heartbeat: eb('heartbeat', '+', 1),
      progress,
    })),
  )

/** Writes the result of a claimed job; says whether the claim was still held. */
export const succeedJob = (
  db: Database,
  claim: Claim,
  { result, now }: { readonly result: string; readonly now: Instant },
): Promise<boolean> =>
  wasChanged(updateClaimed(db, claim).set({ state: 'succeeded', result, finished_at: now }))

/** Ends a claimed job without a result; says whether the claim was still held. */
export const failJob = (
  db: Database,
  claim: Claim,
  { error, now }: { readonly error: string; readonly now: Instant },
): Promise<boolean> =>
  wasChanged(
    updateClaimed(db, claim).set({
      state: 'failed',
      error: storableText(error),
      finished_at: now,
    }),
  )

/** Puts a claimed job back, to be tried again from `runAt`; says whether the claim was still held. */
export const retryJob = (db: Database, claim: Claim, runAt: Instant): Promise<boolean> =>
  wasChanged(updateClaimed(db, claim).set({ state: 'queued', run_at: runAt }))

/** Puts a claimed job back as if it had not been claimed; says whether the claim was still held. */
export const releaseJob = (db: Database, claim: Claim): Promise<boolean> =>
  wasChanged(
    updateClaimed(db, claim).set(({ eb }) => ({
      state: 'queued',
      released: eb('released', '+', 1),
    })),
  )

/** Ends a job that waits or runs, at the wish of its owner or, without `keyId`, of an operator; gives the row
 * as it became. A worker that runs it finds its claim lost. */
export const cancelJobRow = (
  db: Database,
  options: { readonly id: string; readonly keyId: string | undefined; readonly now: Instant },
): Promise<JobRow | undefined> => {
  const { id, keyId, now } = options
  const query = db
    .updateTable('jobs')
    .set({ state: 'cancelled', finished_at: now })
    .where('id', '=', id)
    .where('state', 'in', [sql.lit<JobState>('queued'), sql.lit<JobState>('running')])
  return (keyId === undefined ? query : query.where('key_id', '=', keyId))
    .returningAll()
    .executeTakeFirst()
}

/** Lets a job that failed or was cancelled begin anew; gives the row as it became. */
export const restartJob = (
  db: Database,
  options: { readonly id: string; readonly now: Instant },
): Promise<JobRow | undefined> =>
  db
    .updateTable('jobs')
    .set(({ ref }) => ({
      state: 'queued',
      // Claims go on counting, for they are what fences off earlier ones; those before do not weigh.
      released: ref('attempt'),
      error: null,
      progress: null,
      finished_at: null,
      run_at: options.now,
    }))
    .where('id', '=', options.id)
    .where('state', 'in', [sql.lit<JobState>('failed'), sql.lit<JobState>('cancelled')])
    .where('cleared_at', 'is', null)
    .returningAll()
    .executeTakeFirst()

const attempts = sql<number>`attempt - released`

/** `attempts` are those that count: without those that were given back. */
export type SignOfLife = Claim & { readonly heartbeat: number; readonly attempts: number }

type Silent = Omit<SignOfLife, 'attempts'>

/** All claims that are held, each with its last sign of life. */
export const listSignsOfLife = (db: Database): Promise<SignOfLife[]> =>
  db
    .selectFrom('jobs')
    .select(['id', 'attempt', 'heartbeat', attempts.as('attempts')])
    .where('state', '=', sql.lit('running'))
    .orderBy('id') // Whoever takes over several locks them in the same order.
    .execute()

/** Leaves out a row that another transaction is about to change. It may be one of the silent worker itself, which will
 * not go on until PostgreSQL ends it; who waited for that could give no sign of life either. */
const updateSilent = (db: Database, silent: Silent) =>
  updateClaimed(db, silent)
    .where('heartbeat', '=', silent.heartbeat)
    .where(
      'id',
      'in',
      skipLocked(db, db.selectFrom('jobs').select('id').where('id', '=', silent.id)),
    )

/** Ends a job that was claimed `maxAttempts` times, unless there was another sign of life. */
export const failSilentJob = (
  db: Database,
  silent: Silent,
  options: { readonly now: Instant; readonly maxAttempts: number; readonly error: string },
): Promise<boolean> =>
  wasChanged(
    updateSilent(db, silent)
      .where(attempts, '>=', options.maxAttempts)
      .set({ state: 'failed', error: options.error, finished_at: options.now }),
  )

/** Puts a job back that may be tried again, unless there was another sign of life. */
export const requeueSilentJob = (
  db: Database,
  silent: Silent,
  options: { readonly runAt: Instant; readonly maxAttempts: number },
): Promise<boolean> =>
  wasChanged(
    updateSilent(db, silent)
      .where(attempts, '<', options.maxAttempts)
      .set({ state: 'queued', run_at: options.runAt }),
  )

/** Sets right the jobs that wait for an instant which nobody meant: a clock was set back. */
export const rescheduleJobs = async (
  db: Database,
  options: { readonly runAfter: Instant; readonly now: Instant },
): Promise<void> => {
  await db
    .updateTable('jobs')
    .set({ run_at: options.now })
    .where('state', '=', sql.lit('queued'))
    .where('run_at', '>', options.runAfter)
    .execute()
}
