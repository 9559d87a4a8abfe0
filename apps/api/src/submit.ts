import { createHash } from 'node:crypto'
import { type NewJob, QueueFullError, type Submit } from '@dsapi/queue'
import type { Context } from 'hono'
import type { Env } from './env.ts'
import { ApiError } from './errors.ts'
import { holdsSecret } from './presented-text.ts'

const idempotencyKeyPattern = /^[\x20-\x7e]{1,255}$/

/** What the client calls its request, if it does (IETF, draft-ietf-httpapi-idempotency-key-header). */
const idempotencyKeyOf = (context: Context<Env>): string | undefined => {
  const key = context.req.header('idempotency-key')
  if (key === undefined) return undefined
  if (!idempotencyKeyPattern.test(key)) {
    throw new ApiError('invalid_request', 'Idempotency-Key must be 1 to 255 characters of ASCII')
  }
  // It is stored as it is.
  if (!holdsSecret(key, context.env.incoming.headers)) return key
  throw new ApiError(
    'invalid_request',
    'Idempotency-Key holds an API key, which must not be stored. Send a random text, such as a UUID',
  )
}

/**
 * Submits a job for the key that asks, and answers with its id.
 *
 * @param content what makes two requests the same, for a client that sends an Idempotency-Key
 * @param onRepeat is called when the job was there already, by an earlier request
 * @throws ApiError `queue_full`, `idempotency_conflict`, `invalid_request`
 */
export const submitAndAnswer = async (
  context: Context<Env>,
  submit: Submit,
  job: Omit<NewJob, 'keyId' | 'idempotency' | 'origin'>,
  {
    content,
    location,
    onRepeat,
  }: {
    readonly content: string
    readonly location: string
    readonly onRepeat?: () => Promise<void>
  },
): Promise<Response> => {
  const key = idempotencyKeyOf(context)
  const fingerprint = createHash('sha256').update(`${job.kind} ${content}`).digest('hex')
  const submitted = await submit({
    ...job,
    keyId: context.get('key').ownerId,
    origin: context.get('trace'),
    ...(key !== undefined && { idempotency: { key, fingerprint } }),
  }).catch(explainFull)
  if (submitted.outcome !== 'created') await onRepeat?.()
  if (submitted.outcome === 'conflict') {
    const message = 'This Idempotency-Key was used for another request'
    throw new ApiError('idempotency_conflict', message)
  }
  context.header('location', `${location}/${submitted.id}`)
  return context.json({ id: submitted.id }, 202)
}

const explainFull = (error: unknown): never => {
  if (!(error instanceof QueueFullError)) throw error
  throw new ApiError('queue_full', 'Too many jobs are waiting: try again later', {
    headers: { 'retry-after': '10' },
  })
}
