import type { Kysely } from 'kysely'
import { columnTypes } from '../connection/engine.ts'

/** The sessions of the web console, and the codes that open one without a key. */
export const up = async (db: Kysely<unknown>): Promise<void> => {
  const { integer, text } = columnTypes(db)
  await db.schema
    .createTable('console_sessions')
    .addColumn('id', text, (column) => column.primaryKey())
    .addColumn('token_sha256', text, (column) => column.notNull().unique())
    .addColumn('key_id', text, (column) => column.references('api_keys.id'))
    .addColumn('created_by', text, (column) => column.notNull())
    .addColumn('created_at', integer, (column) => column.notNull())
    .addColumn('seen_at', integer, (column) => column.notNull())
    .addColumn('expires_at', integer, (column) => column.notNull())
    .addColumn('ended_at', integer)
    .addColumn('address', text, (column) => column.notNull())
    .addColumn('agent', text, (column) => column.notNull())
    .execute()
  await db.schema
    .createIndex('console_sessions_by_end')
    .on('console_sessions')
    .column('expires_at')
    .execute()
  await db.schema
    .createTable('console_codes')
    .addColumn('sha256', text, (column) => column.primaryKey())
    .addColumn('created_by', text, (column) => column.notNull())
    .addColumn('expires_at', integer, (column) => column.notNull())
    .execute()
}
