import { type Database, findJobByIdempotencyKey, groupCommit, insertJob } from '@dsapi/db'
import type { Dispatcher } from '../dispatch/dispatcher.ts'
import { type Job, type JobId, newJobId, restartJob } from './job.ts'
import type { QueuePlace } from './places.ts'
import { createQueueLimit, type JobOwner, type QueueLimits } from './queue-limit.ts'

export type NewJob = {
  /** Given where something was stored for the job before; otherwise a new one is drawn. */
  readonly id?: JobId
  /** The owner. */
  readonly keyId: string
  /** How many jobs of the owner may wait; null or left out: as many as the queue allows each. */
  readonly maxJobs?: number | null
  readonly kind: string
  /** What the handler gets; anything that JSON can carry. */
  readonly input: unknown
  /** How long an attempt may take. */
  readonly timeLimitMs: number
  readonly origin?: JobOrigin
  /** The model that its input was checked against, and that it is computed with. */
  readonly modelVersion?: string
  /** That model's name; without it, `default`. */
  readonly modelName?: string
  /** Where its end is to be reported. */
  readonly webhookUrl?: string | undefined
  /** The name that its owner gave to the request, and a hash of it: the same request makes no second job. */
  readonly idempotency?: { readonly key: string; readonly fingerprint: string } | undefined
}

/** The request that a job comes from, for logs and traces. */
export type JobOrigin = {
  readonly requestId: string | undefined
  /** Of what the request was a part of (W3C, Trace Context, section 3.2). */
  readonly traceparent: string | undefined
}

/** `conflict`: the owner has used the idempotency key for another request. */
export type Submitted =
  | { readonly outcome: 'created' | 'repeated'; readonly id: JobId }
  | { readonly outcome: 'conflict' }

/** A job that its owner's Idempotency-Key stands for. */
export type EarlierJob = {
  readonly id: JobId
  readonly kind: string
  readonly modelName: string
  readonly fingerprint: string | undefined
  /** What it was submitted with; undefined once that has been cleared. */
  readonly input: unknown
}

type Submit = (job: NewJob, place?: QueuePlace) => Promise<Submitted>

export type JobQueue = {
  /**
   * Writes a job, and only then wakes the workers. When it returns, the job is on disk: a failure of the dispatcher, of a
   * worker or of this process can then delay it, but not lose it.
   *
   * @param place one that was taken before; otherwise it is taken now
   * @throws QueueFullError
   */
  readonly submit: Submit
  /**
   * Takes a place for a job whose input is yet to arrive, so that nothing is stored when the queue is full.
   *
   * @throws QueueFullError
   */
  readonly takePlace: (owner: JobOwner) => Promise<QueuePlace>
  /**
   * Queues a job again that failed or was cancelled, with all its attempts.
   *
   * @returns the job as it is then; undefined when there is none that could be queued again
   * @throws QueueFullError
   */
  readonly retry: (id: JobId, owner: JobOwner) => Promise<Job | undefined>
  /** Finds the job of an earlier request with the same Idempotency-Key. */
  readonly findEarlier: (owner: string, idempotencyKey: string) => Promise<EarlierJob | undefined>
}

export const createJobQueue = (
  db: Database,
  dispatcher: Dispatcher,
  limits: QueueLimits,
): JobQueue => {
  const takePlace = createQueueLimit(db, limits)
  /** Writes a job, and wakes the workers if it waits now. */
  const inPlace = async <T>(
    place: QueuePlace,
    write: () => Promise<T>,
    isQueued: (written: T) => boolean,
  ): Promise<T> => {
    try {
      const written = await write()
      if (isQueued(written)) {
        place.fill()
        dispatcher.announce()
      }
      return written
    } finally {
      place.giveBack() // Unless it is filled. After an error the next count finds out.
    }
  }
  const submit: Submit = async (job, place) => {
    const earlier = await findSame(db, job)
    if (earlier !== undefined) {
      place?.giveBack()
      return earlier // A full queue does not keep it from being known.
    }
    const taken = place ?? (await takePlace({ keyId: job.keyId, maxJobs: job.maxJobs ?? null }))
    return inPlace(
      taken,
      () => insert(db, job),
      ({ outcome }) => outcome === 'created',
    )
  }
  const retry = async (id: JobId, owner: JobOwner) =>
    inPlace(
      await takePlace(owner),
      () => restartJob(db, { id, keyId: owner.keyId }),
      (job) => job !== undefined,
    )
  return {
    submit,
    takePlace,
    retry,
    findEarlier: (owner, idempotencyKey) => findEarlier(db, owner, idempotencyKey),
  }
}

const insert = (db: Database, job: NewJob): Promise<Submitted> => {
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
    modelName: job.modelName ?? 'default',
    modelVersion: job.modelVersion ?? null,
    webhookUrl: job.webhookUrl ?? null,
  }
  return groupCommit(db, async (transaction): Promise<Submitted> => {
    const isNew = await insertJob(transaction, { ...row, now: Date.now() })
    if (isNew) return { outcome: 'created', id }
    const other = await findSame(transaction, job)
    if (other === undefined) throw new Error(`Job ${id} was neither written nor there`)
    return other
  })
}

const findSame = async (
  db: Database,
  { keyId, idempotency }: NewJob,
): Promise<Submitted | undefined> => {
  if (idempotency === undefined) return undefined
  const earlier = await findEarlier(db, keyId, idempotency.key)
  if (earlier === undefined) return undefined
  return earlier.fingerprint === idempotency.fingerprint
    ? { outcome: 'repeated', id: earlier.id }
    : { outcome: 'conflict' }
}

const findEarlier = async (
  db: Database,
  keyId: string,
  idempotencyKey: string,
): Promise<EarlierJob | undefined> => {
  const row = await findJobByIdempotencyKey(db, { keyId, idempotencyKey })
  if (row === undefined) return undefined
  const { id, kind, model_name: modelName, fingerprint, input } = row
  return {
    id: id as JobId,
    kind,
    modelName,
    fingerprint: fingerprint ?? undefined,
    input: input === '' ? undefined : JSON.parse(input),
  }
}
