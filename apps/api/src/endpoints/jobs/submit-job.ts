import { createHash } from 'node:crypto'
import {
  type EarlierJob,
  type JobOwner,
  type JobQueue,
  type NewJob,
  QueueFullError,
  type QueuePlace,
  type Submitted,
} from '@dsapi/queue'
import { defaultModel } from '@dsapi/registry'
import type { Context } from 'hono'
import type { Env } from '../../http/env.ts'
import { ApiError } from '../../http/errors.ts'
import { holdsSecret } from '../../http/redact-secrets.ts'

const idempotencyKeyPattern = /^[\x20-\x7e]{1,255}$/

/** A request as its client names it, so that it makes one job however often it is sent. */
export type NamedRequest = {
  /** What the client calls it (IETF, draft-ietf-httpapi-idempotency-key-header). */
  readonly key: string
  /** The job that it made when it came before. */
  readonly earlier: EarlierJob | undefined
}

/**
 * Reads the name of the request, if the client has sent one, and finds the job that it made before. This comes before
 * the body is checked, so that the same request has the same answer even if another model is served by then.
 *
 * @throws ApiError `invalid_request`
 */
export const nameOf = async (
  context: Context<Env>,
  queue: JobQueue,
): Promise<NamedRequest | undefined> => {
  const key = context.req.header('idempotency-key')
  if (key === undefined) return undefined
  if (!idempotencyKeyPattern.test(key)) {
    throw new ApiError(
      'invalid_request',
      'Idempotency-Key must have 1 to 255 printable ASCII characters',
    )
  }
  // It is stored as it is.
  if (holdsSecret(key, context.env.incoming.headers)) {
    throw new ApiError(
      'invalid_request',
      'Idempotency-Key contains an API key, which must not be stored. Send a random text, such as a UUID',
    )
  }
  return { key, earlier: await queue.findEarlier(context.get('key').ownerId, key) }
}

/**
 * Two requests are the same if their models, their kinds and the bytes of their bodies are the same. Older versions used the same text
 * for batches. For slow predictions they used the features as JSON in the order of the model. They knew no model but
 * `default`.
 */
export const fingerprintOf = (kind: string, content: string, model: string): string => {
  const asked = model === defaultModel ? kind : `${model} ${kind}`
  return createHash('sha256').update(`${asked} ${content}`).digest('hex')
}

/** Whose jobs the key of the request makes, and how many may wait. */
export const ownerOf = (context: Context<Env>): JobOwner => {
  const { ownerId, maxJobs } = context.get('key')
  return { keyId: ownerId, maxJobs }
}

/** @throws ApiError `queue_full`, `too_many_jobs` */
export const takePlace = (context: Context<Env>, queue: JobQueue): Promise<QueuePlace> =>
  queue.takePlace(ownerOf(context)).catch(explainFull)

type Submission = {
  readonly job: Omit<NewJob, 'keyId' | 'maxJobs' | 'idempotency' | 'origin'>
  readonly named: NamedRequest | undefined
  readonly fingerprint: string
  /** One that was taken before; otherwise it is taken now. */
  readonly place?: QueuePlace
}

/**
 * Submits a job for the key of the request.
 *
 * @throws ApiError `queue_full`, `too_many_jobs`
 */
export const submitFor = (
  context: Context<Env>,
  queue: JobQueue,
  { job, named, fingerprint, place }: Submission,
): Promise<Submitted> => {
  const owned = {
    ...job,
    ...ownerOf(context),
    origin: context.get('trace'),
    ...(named && { idempotency: { key: named.key, fingerprint } }),
  }
  return queue.submit(owned, place).catch(explainFull)
}

/**
 * Answers with the id of the job.
 *
 * @throws ApiError `idempotency_conflict`
 */
export const answerSubmitted = (
  context: Context<Env>,
  submitted: Submitted,
  location: string,
): Response => {
  if (submitted.outcome === 'conflict') {
    const message = 'This Idempotency-Key was used for another request'
    throw new ApiError('idempotency_conflict', message)
  }
  context.header('location', `${location}/${submitted.id}`)
  return context.json({ id: submitted.id }, 202)
}

/** What a request with a name that was used before has led to. */
export const repeatOf = ({ id }: EarlierJob, isSame: boolean): Submitted =>
  isSame ? { outcome: 'repeated', id } : { outcome: 'conflict' }

/** @throws ApiError `queue_full`, `too_many_jobs`, and any other error as it is */
export const explainFull = (error: unknown): never => {
  if (!(error instanceof QueueFullError)) throw error
  const headers = { 'retry-after': '10' }
  if (error.of === 'queue') {
    throw new ApiError('queue_full', 'Too many jobs are waiting. Try again later', { headers })
  }
  const message = `Too many jobs of this API Key are waiting: its limit is ${error.limit}. Wait until some have started, or cancel some`
  throw new ApiError('too_many_jobs', message, { headers })
}
