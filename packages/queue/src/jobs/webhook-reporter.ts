import { randomUUIDv7 } from 'node:crypto'
import { insertWebhookDelivery } from '@dsapi/db'
import type { EndReporter } from './job-end.ts'

/** How long a message is tried. */
const tryForMs = 86_400_000

/** Writes the message to the webhook of a job, if it has one. It has no results: they may be large, and not for everyone on
 * the way. */
export const reportToWebhook: EndReporter = async (transaction, end) => {
  if (end.webhookUrl === null) return
  const finishedAt = new Date(end.finishedAt).toISOString()
  const type = `job.${end.state}`
  const data = {
    id: end.id,
    kind: end.kind,
    state: end.state,
    model: end.modelName,
    ...(end.modelVersion !== null && { model_version: end.modelVersion }),
    created_at: new Date(end.createdAt).toISOString(),
    finished_at: finishedAt,
  }
  const message = {
    ...{ id: randomUUIDv7(), owner_id: end.keyId, job_id: end.id, type, url: end.webhookUrl },
    // In the form of Standard Webhooks 1.0.0, "Payload structure".
    body: JSON.stringify({ type, timestamp: finishedAt, data }),
  }
  const { finishedAt: now } = end
  await insertWebhookDelivery(transaction, message, { now, giveUpAt: now + tryForMs })
}
