import {
  type Database,
  finishDelivery,
  groupCommit,
  listWebhookSecrets,
  retryDelivery,
  type WebhookDeliveryRow,
} from '@dsapi/db'
import { problemOfUrl } from '../addresses/check-url.ts'
import { InsideAddressError } from '../addresses/checked-lookup.ts'
import { explainFailure } from '../sending/explain-failure.ts'
import { type PostOptions, post } from '../sending/post.ts'
import { signatureHeaders } from '../sending/sign.ts'
import { type DeliveryDescription, describeDelivery } from './delivery.ts'
import { nextAttemptAt } from './schedule.ts'

/** What came of an attempt; `isFinal`: another one would not help. */
export type Attempt = {
  readonly status: number | null
  readonly error: string | null
  readonly isFinal: boolean
}

export type DeliverOptions = PostOptions & {
  /** Is called with what came of each attempt. */
  readonly onAttempt: (delivery: DeliveryDescription, attempt: Attempt) => void
}

/** A receiver that answers with it wants no more (Standard Webhooks 1.0.0, "Operational considerations"). */
const gone = 410

/** Makes an attempt at a claimed delivery and writes what came of it. An attempt that was ended leaves its claim, which
 * expires. */
export const deliver = async (
  db: Database,
  delivery: WebhookDeliveryRow,
  options: DeliverOptions,
): Promise<void> => {
  const attempt = await send(db, delivery, options)
  if (options.signal.aborted && attempt.error !== null) return
  options.onAttempt(describeDelivery(delivery), attempt)
  await groupCommit(db, (transaction) => record(transaction, delivery, attempt))
}

const send = async (
  db: Database,
  { id, owner_id, url, body }: WebhookDeliveryRow,
  options: PostOptions,
): Promise<Attempt> => {
  const problem = problemOfUrl(url, options.allowed) // Other hosts may be allowed by now.
  if (problem !== undefined) return { status: null, error: `The URL ${problem}`, isFinal: true }
  const now = Date.now()
  const secrets = (await listWebhookSecrets(db, owner_id, now)).map(({ secret }) => secret)
  if (secrets.length === 0) {
    return { status: null, error: 'The key has no secret to sign with', isFinal: false }
  }
  const headers = signatureHeaders({ id, timestamp: Math.floor(now / 1000), body }, secrets)
  try {
    const status = await post(new URL(url), { headers, body }, options)
    const isAccepted = status >= 200 && status < 300
    const error = isAccepted ? null : `The server answered with the status ${status}`
    return { status, error, isFinal: isAccepted || status === gone }
  } catch (error) {
    const isFinal = error instanceof InsideAddressError
    return { status: null, error: explainFailure(error), isFinal }
  }
}

const record = async (db: Database, delivery: WebhookDeliveryRow, attempt: Attempt) => {
  const now = Date.now()
  const { status, error } = attempt
  if (error === null) {
    await finishDelivery(db, delivery, { status, error, state: 'delivered', now })
    return
  }
  const { attempts, give_up_at: giveUpAt } = delivery
  const nextAt = attempt.isFinal
    ? undefined
    : nextAttemptAt({ attempts, giveUpAt }, now, Math.random)
  if (nextAt === undefined) {
    await finishDelivery(db, delivery, { status, error, state: 'failed', now })
  } else {
    await retryDelivery(db, delivery, { status, error, nextAt, now })
  }
}
