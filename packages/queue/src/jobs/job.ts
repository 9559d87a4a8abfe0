import { randomUUIDv7 } from 'node:crypto'
import { type Database, findJob, type JobRow } from '@dsapi/db'
import { changeJob } from './change-job.ts'
import { errorCodeOf, withoutTrace } from './job-error.ts'

declare const brand: unique symbol

/** The id of a job: a UUID. */
export type JobId = string & { readonly [brand]: 'JobId' }

/** Draws an id for a job that is to be submitted: a UUID that begins with the time (RFC 9562, 5.7), so that
 * new rows lie together in the database and a commit writes few pages. */
export const newJobId = (): JobId => randomUUIDv7() as string as JobId

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Reads an id as a client wrote it; undefined when no job can have it. */
export const parseJobId = (text: string): JobId | undefined => {
  const id = text.toLowerCase()
  return uuid.test(id) ? (id as JobId) : undefined
}

/**
 * The state of a job, and its outcome: `result` is what the handler returned, read from JSON. `progress` is from 0 to 1, or
 * null where the handler reports none. Once `clearedAt` is an instant, the outcome has been cleared after its time.
 */
export type JobStatus =
  | { readonly state: 'queued'; readonly clearedAt: null }
  | { readonly state: 'running'; readonly clearedAt: null; readonly progress: number | null }
  | { readonly state: 'succeeded'; readonly clearedAt: null; readonly result: unknown }
  | { readonly state: 'failed'; readonly clearedAt: null; readonly error: string }
  | { readonly state: 'cancelled'; readonly clearedAt: null }
  | { readonly state: 'succeeded' | 'failed' | 'cancelled'; readonly clearedAt: number }

/** A job as its owner may see it. Instants are milliseconds since 1970 (UTC). */
export type Job = {
  readonly id: JobId
  /** Whose it is. */
  readonly owner: string
  readonly kind: string
  /** How many attempts have begun that were not returned unused. */
  readonly attempts: number
  /** The model that it was accepted for; null for a job that an older dsapi accepted. */
  readonly modelVersion: string | null
  readonly modelName: string
  /** Where its end is reported; null: nowhere. */
  readonly webhookUrl: string | null
  readonly createdAt: number
  /** When the last attempt began. */
  readonly startedAt: number | null
  readonly finishedAt: number | null
} & JobStatus

const statusOf = (row: JobRow): JobStatus => {
  const { state, cleared_at: clearedAt } = row
  if (state === 'queued') return { state, clearedAt: null }
  if (state === 'running') return { state, clearedAt: null, progress: row.progress }
  if (clearedAt !== null) return { state, clearedAt }
  if (state === 'cancelled') return { state, clearedAt }
  return state === 'failed'
    ? { state, clearedAt, error: withoutTrace(row.error ?? '') }
    : { state, clearedAt, result: JSON.parse(row.result ?? 'null') }
}

export const fromRow = (row: JobRow): Job => ({
  id: row.id as JobId,
  owner: row.key_id,
  kind: row.kind,
  attempts: row.attempt - row.released,
  modelVersion: row.model_version,
  modelName: row.model_name,
  webhookUrl: row.webhook_url,
  createdAt: row.created_at,
  startedAt: row.started_at,
  finishedAt: row.finished_at,
  ...statusOf(row),
})

/** A job of an owner, which no other owner can find, or, without `keyId`, of any owner, for an operator. */
export type Whose = { readonly id: JobId; readonly keyId: string | undefined }

/** Finds a job. That of another owner is not found, like an unknown one. */
export const getJob = async (db: Database, { id, keyId }: Whose): Promise<Job | undefined> => {
  const row = await findJob(db, id)
  return row === undefined || (keyId !== undefined && row.key_id !== keyId)
    ? undefined
    : fromRow(row)
}

/** Cancels a job that waits or runs. The worker that runs it stops within a second.
 * @returns the job as it is then; undefined when there is none that could be cancelled */
export const cancelJob = async (db: Database, whose: Whose): Promise<Job | undefined> => {
  // In a commit of its own: it may have to wait for a worker that died in the middle of one.
  const row = await changeJob(db, 'cancel', whose)
  return row && fromRow(row)
}

/** Queues a job again that failed or was cancelled, with all its attempts.
 * @returns the job as it is then; undefined when there is none that could be queued again */
export const restartJob = async (db: Database, whose: Whose): Promise<Job | undefined> => {
  const row = await changeJob(db, 'restart', whose)
  return row && fromRow(row)
}

const iso = (instant: number | null) => (instant === null ? null : new Date(instant).toISOString())

/** A job as JSON for people and programs, with its outcome where there is one. */
export const describeJob = (job: Job) => ({
  id: job.id,
  kind: job.kind,
  state: job.state,
  attempts: job.attempts,
  ...(job.modelVersion !== null && { model_version: job.modelVersion }),
  created_at: iso(job.createdAt),
  started_at: iso(job.startedAt),
  finished_at: iso(job.finishedAt),
  ...(job.webhookUrl !== null && { webhook_url: job.webhookUrl }),
  ...(job.clearedAt !== null && { cleared_at: iso(job.clearedAt) }),
  ...('progress' in job && { progress: job.progress }),
  ...('result' in job && { result: job.result }),
  ...('error' in job && { error: job.error }),
})

export type JobDescription = ReturnType<typeof describeJob>

/** A job as JSON for somebody who is not its owner: without what came in, what came out, the words of an
 * error, and where its end is reported. */
export const describeJobOfOther = (job: Job) => {
  const { result, error, webhook_url, ...rest } = describeJob(job)
  return {
    ...rest,
    owner: job.owner,
    model: job.modelName,
    ...(error !== undefined && { error_code: errorCodeOf(error) }),
  }
}
