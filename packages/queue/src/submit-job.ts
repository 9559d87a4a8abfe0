import { type Database, findJobByIdempotencyKey, groupCommit, insertJob } from '@dsapi/db'
import type { Dispatcher } from './dispatcher.ts'
import { type JobId, newJobId } from './job.ts'
import { createQueueRoom } from './queue-room.ts'

export type NewJob = {
  /** Where something was written for it before; otherwise it is drawn. */
  readonly id?: JobId
  /** Whose it is. */
  readonly keyId: string
  readonly kind: string
  /** What the handler gets; anything that JSON can carry. */
  readonly input: unknown
  /** How long an attempt may take. */
  readonly timeLimitMs: number
  readonly origin?: JobOrigin
  /** The model that its input was checked against, and that it is computed with. */
  readonly modelVersion?: string
  /** What its owner calls the request, and a hash of it: the same request makes no second job. */
  readonly idempotency?: { readonly key: string; readonly fingerprint: string } | undefined
}

/** The request that a job comes from, for those who look into logs and traces. */
export type JobOrigin = {
  readonly requestId: string | undefined
  /** Of what the request was a part of (W3C, Trace Context, section 3.2). */
  readonly traceparent: string | undefined
}

/** `conflict`: the owner has used the idempotency key for another request. */
export type Submitted =
  | { readonly outcome: 'created' | 'repeated'; readonly id: JobId }
  | { readonly outcome: 'conflict' }

export type Submit = (job: NewJob) => Promise<Submitted>

/**
 * Makes the function that writes a job down, and only then tells the workers. When it returns, the job is
 * on disk: what happens to the dispatcher, a worker or this process from then on can delay it, not lose
 * it.
 *
 * @param options.limit how many jobs may wait; beyond that it throws QueueFullError
 */
export const createSubmit = (
  db: Database,
  dispatcher: Dispatcher,
  { limit }: { readonly limit: number },
): Submit => {
  const takePlace = createQueueRoom(db, limit)
  return async (job) => {
    const earlier = job.idempotency && (await findEarlier(db, job))
    if (earlier !== undefined) return earlier // A full queue does not keep it from being known.
    await takePlace()
    const id = job.id ?? newJobId()
    const row = {
      id,
      keyId: job.keyId,
      kind: job.kind,
      input: JSON.stringify(job.input),
      timeLimitMs: job.timeLimitMs,
      idempotencyKey: job.idempotency?.key ?? null,
      fingerprint: job.idempotency?.fingerprint ?? null,
      requestId: job.origin?.requestId ?? null,
      traceparent: job.origin?.traceparent ?? null,
      modelVersion: job.modelVersion ?? null,
    }
    const submitted = await groupCommit(db, async (transaction): Promise<Submitted> => {
      const isNew = await insertJob(transaction, { ...row, now: Date.now() })
      if (isNew) return { outcome: 'created', id }
      const other = await findEarlier(transaction, job)
      if (other === undefined) throw new Error(`Job ${id} was neither written nor there`)
      return other
    })
    if (submitted.outcome === 'created') dispatcher.announce()
    return submitted
  }
}

const findEarlier = async (
  db: Database,
  { keyId, idempotency }: NewJob,
): Promise<Submitted | undefined> => {
  if (idempotency === undefined) return undefined
  const row = await findJobByIdempotencyKey(db, { keyId, idempotencyKey: idempotency.key })
  if (row === undefined) return undefined
  return row.fingerprint === idempotency.fingerprint
    ? { outcome: 'repeated', id: row.id as JobId }
    : { outcome: 'conflict' }
}
