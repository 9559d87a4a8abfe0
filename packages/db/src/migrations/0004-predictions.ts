import type { Kysely } from 'kysely'
import { columnTypes, numbered } from '../connection/engine.ts'

export const up = async (db: Kysely<unknown>): Promise<void> => {
  const { integer, text } = columnTypes(db)
  await db.schema
    .createTable('predictions')
    .addColumn('id', integer, numbered(db))
    .addColumn('at', integer, (column) => column.notNull())
    .addColumn('owner_id', text, (column) => column.notNull())
    .addColumn('request_id', text, (column) => column.notNull())
    .addColumn('kind', text, (column) => column.notNull())
    .addColumn('model', text, (column) => column.notNull())
    .addColumn('features', text, (column) => column.notNull())
    .addColumn('answer', text, (column) => column.notNull())
    .addColumn('latency_us', integer, (column) => column.notNull())
    .execute()
  // Both the newest and the oldest are asked for; SQLite keeps the id in it, which orders equals.
  await db.schema.createIndex('predictions_by_time').on('predictions').column('at').execute()
}
