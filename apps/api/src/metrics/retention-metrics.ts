import { type Database, listRetention } from '@dsapi/db'
import { Counter, type Registry } from 'prom-client'

/** Makes the metric of expired data. Returns what brings it up to date. */
export const createRetentionMetrics = (db: Database, registry: Registry): (() => Promise<void>) => {
  const deleted = new Counter({
    name: 'dsapi_retention_deleted_total',
    help: 'Rows that were deleted after their time, in the whole database, by kind of data.',
    labelNames: ['kind'],
    aggregator: 'first',
    registers: [registry],
  })
  return async () => {
    const rows = await listRetention(db)
    deleted.reset()
    for (const row of rows) deleted.inc({ kind: row.kind }, row.deleted)
  }
}
