import type { Logger } from '@dsapi/telemetry'
import type { Attempt, DeliveryDescription } from '@dsapi/webhooks'

/** Makes what logs each attempt at a webhook. The URL is not logged, because it may hold a secret of the receiver. */
export const logWebhook =
  (logger: Logger) =>
  (delivery: DeliveryDescription, { status, error, isFinal }: Attempt): void => {
    const { id: webhookId, job_id, type, attempts: attempt } = delivery
    const jobId = job_id !== null && { jobId: job_id }
    const log = logger.child({ webhookId, ...jobId, type, attempt, ...(status && { status }) })
    if (error === null) log.info('Webhook delivered')
    else log.warn({ reason: error, isFinal }, 'The attempt at the webhook failed')
  }
