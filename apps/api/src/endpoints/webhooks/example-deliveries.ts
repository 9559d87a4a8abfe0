import type { DeliveryDescription } from '@dsapi/webhooks'
import { deliveryIds, jobIds } from '../../openapi/example-ids.ts'
import { exampleUrl } from './webhook-url.ts'

/** A delivery that was accepted. */
export const delivered = {
  id: deliveryIds.delivered,
  job_id: jobIds.succeeded,
  type: 'job.succeeded',
  url: exampleUrl,
  state: 'delivered',
  attempts: 1,
  created_at: '2026-11-23T21:33:19.896Z',
  last_attempt_at: '2026-11-23T21:33:20.104Z',
  next_attempt_at: null,
  last_status: 204,
  last_error: null,
  finished_at: '2026-11-23T21:33:20.187Z',
} as const satisfies DeliveryDescription

/** One that was given up after a day. */
export const failed = {
  ...delivered,
  id: deliveryIds.failed,
  job_id: jobIds.failed,
  type: 'job.failed',
  state: 'failed',
  attempts: 8,
  last_attempt_at: '2026-11-24T21:33:20.104Z',
  last_status: 503,
  last_error: 'The server answered with the status 503',
  finished_at: '2026-11-24T21:33:20.187Z',
} as const satisfies DeliveryDescription

export const exampleDeliveries: readonly DeliveryDescription[] = [failed, delivered]
