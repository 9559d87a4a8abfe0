import type { WebhookDeliveryRow, WebhookState } from '@dsapi/db'

const iso = (instant: number | null) => (instant === null ? null : new Date(instant).toISOString())

/** A delivery as JSON for people and programs. */
export type DeliveryDescription = {
  readonly id: string
  /** Null for a test. */
  readonly job_id: string | null
  readonly type: string
  readonly url: string
  readonly state: WebhookState
  readonly attempts: number
  readonly created_at: string | null
  readonly last_attempt_at: string | null
  /** Null unless another attempt is to come. */
  readonly next_attempt_at: string | null
  readonly last_status: number | null
  readonly last_error: string | null
  readonly finished_at: string | null
}

export const describeDelivery = (row: WebhookDeliveryRow): DeliveryDescription => ({
  id: row.id,
  job_id: row.job_id,
  type: row.type,
  url: row.url,
  state: row.state,
  attempts: row.attempts,
  created_at: iso(row.created_at),
  last_attempt_at: iso(row.last_attempt_at),
  next_attempt_at: row.state === 'pending' ? iso(row.next_attempt_at) : null,
  last_status: row.last_status,
  last_error: row.last_error,
  finished_at: iso(row.finished_at),
})
