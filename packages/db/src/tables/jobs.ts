import { type Selectable, sql } from 'kysely'
import type { Database, Instant, JobsTable } from '../schema.ts'

// States that are asked for stand in the SQL itself. As parameters they would make SQLite plan the statement again each
// time: with another value, another partial index might do.

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
  readonly modelName: string
  readonly modelVersion: string | null
  readonly webhookUrl: string | null
  readonly now: Instant
}

/** Writes a job. Returns whether it is new, which it is not if its idempotency key was used before. */
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
      model_name: job.modelName,
      model_version: job.modelVersion,
      webhook_url: job.webhookUrl,
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

/** Whether a job waits or runs that was accepted for a version of a model, which its tag names. */
export const isVersionAwaited = async (
  db: Database,
  { modelName, modelVersion }: { readonly modelName: string; readonly modelVersion: string },
): Promise<boolean> => {
  const row = await db
    .selectFrom('jobs')
    .select('id')
    .where(sql<boolean>`state in ('queued', 'running')`)
    .where('model_name', '=', modelName)
    .where('model_version', '=', modelVersion)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}
