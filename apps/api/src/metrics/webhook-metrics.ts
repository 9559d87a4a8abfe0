import { countPendingDeliveries, type Database } from '@dsapi/db'
import { createFinishedDeliveries } from '@dsapi/webhooks'
import { Counter, Gauge, type Registry } from 'prom-client'

export type WebhookMetrics = {
  /**
   * Brings them up to date.
   *
   * @param endedFrom counts the deliveries that were finished from then on; only one process does so at a time
   */
  readonly refresh: (endedFrom: number | undefined, now: number) => Promise<void>
}

/** Makes the metrics of webhooks. They are about the whole database, as those of jobs are. */
export const createWebhookMetrics = (db: Database, registry: Registry): WebhookMetrics => {
  const registers = [registry]
  const finished = new Counter({
    name: 'dsapi_webhook_deliveries_total',
    help: 'Webhook deliveries in the whole database that were finished since this server was started: delivered, or failed in their last attempt.',
    labelNames: ['outcome'],
    registers,
  })
  // So that the first of them is an increase.
  for (const outcome of ['delivered', 'failed']) finished.inc({ outcome }, 0)
  const pending = new Gauge({
    name: 'dsapi_webhook_deliveries_pending',
    help: 'Webhook deliveries in the whole database that wait for an attempt.',
    aggregator: 'first',
    registers,
  })
  let read: ReturnType<typeof createFinishedDeliveries> | undefined
  return {
    refresh: async (endedFrom, now) => {
      pending.set(await countPendingDeliveries(db))
      if (endedFrom !== undefined) read ??= createFinishedDeliveries(db, endedFrom)
      await read?.((outcome) => finished.inc({ outcome }), now)
    },
  }
}
