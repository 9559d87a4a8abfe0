import { type Kysely, sql } from 'kysely'
import { columnTypes } from '../connection/engine.ts'

/** Which URL is to be notified of a job's end, what was sent to it, and the secrets that sign it. */
export const up = async (db: Kysely<unknown>): Promise<void> => {
  const { integer, text } = columnTypes(db)
  await db.schema.alterTable('jobs').addColumn('webhook_url', text).execute()
  await db.schema.alterTable('api_keys').addColumn('webhook_url', text).execute()
  await db.schema
    .createTable('webhook_secrets')
    .addColumn('id', text, (column) => column.primaryKey())
    .addColumn('owner_id', text, (column) => column.notNull())
    .addColumn('secret', text, (column) => column.notNull())
    .addColumn('created_at', integer, (column) => column.notNull())
    .addColumn('expires_at', integer)
    .execute()
  await db.schema
    .createIndex('webhook_secrets_of_owner')
    .on('webhook_secrets')
    .column('owner_id')
    .execute()
  await db.schema
    .createTable('webhook_deliveries')
    .addColumn('id', text, (column) => column.primaryKey())
    .addColumn('owner_id', text, (column) => column.notNull())
    .addColumn('job_id', text)
    .addColumn('type', text, (column) => column.notNull())
    .addColumn('url', text, (column) => column.notNull())
    .addColumn('body', text, (column) => column.notNull())
    .addColumn('state', text, (column) => column.notNull())
    .addColumn('attempts', integer, (column) => column.notNull())
    .addColumn('created_at', integer, (column) => column.notNull())
    .addColumn('scheduled_at', integer, (column) => column.notNull())
    .addColumn('next_attempt_at', integer, (column) => column.notNull())
    .addColumn('give_up_at', integer, (column) => column.notNull())
    .addColumn('last_attempt_at', integer)
    .addColumn('last_status', integer)
    .addColumn('last_error', text)
    .addColumn('finished_at', integer)
    .execute()
  const index = (name: string, columns: readonly string[]) =>
    db.schema
      .createIndex(`webhook_deliveries_${name}`)
      .on('webhook_deliveries')
      .columns([...columns])
  await index('pending', ['next_attempt_at', 'id']).where(sql<boolean>`state = 'pending'`).execute()
  await index('finished', ['finished_at', 'id'])
    .where(sql<boolean>`finished_at is not null`)
    .execute()
  await index('of_owner', ['owner_id', 'created_at', 'id']).execute()
  await index('by_time', ['created_at', 'id']).execute()
  await index('of_job', ['job_id']).where(sql<boolean>`job_id is not null`).execute()
}
