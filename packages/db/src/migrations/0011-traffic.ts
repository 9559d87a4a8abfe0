import type { Kysely } from 'kysely'
import { columnTypes } from '../connection/engine.ts'

/** Requests by minute, and of each key by day. */
export const up = async (db: Kysely<unknown>): Promise<void> => {
  const { integer, text } = columnTypes(db)
  let traffic = db.schema
    .createTable('traffic')
    .addColumn('minute', integer, (column) => column.notNull())
    .addColumn('host', text, (column) => column.notNull())
    .addColumn('key_id', text, (column) => column.notNull())
    .addColumn('route', text, (column) => column.notNull())
    .addColumn('status', text, (column) => column.notNull())
  for (let bucket = 0; bucket < 15; bucket++) {
    traffic = traffic.addColumn(`b${bucket}`, integer, (column) => column.notNull())
  }
  await traffic
    .addPrimaryKeyConstraint('traffic_row', ['minute', 'host', 'key_id', 'route', 'status'])
    .execute()
  await db.schema
    .createIndex('traffic_of_key')
    .on('traffic')
    .columns(['key_id', 'minute'])
    .execute()
  await db.schema
    .createTable('key_usage')
    .addColumn('key_id', text, (column) => column.notNull())
    .addColumn('day', integer, (column) => column.notNull())
    .addColumn('requests', integer, (column) => column.notNull())
    .addColumn('client_errors', integer, (column) => column.notNull())
    .addColumn('server_errors', integer, (column) => column.notNull())
    .addPrimaryKeyConstraint('key_usage_row', ['key_id', 'day'])
    .execute()
  await db.schema.createIndex('usage_by_day').on('usage').column('day').execute()
  await db.schema.createIndex('key_usage_by_day').on('key_usage').column('day').execute()
}
