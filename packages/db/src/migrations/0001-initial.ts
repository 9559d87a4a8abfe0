import { type Kysely, sql } from 'kysely'
import { columnTypes, counted } from '../connection/engine.ts'

export const up = async (db: Kysely<unknown>): Promise<void> => {
  const { integer, real, text } = columnTypes(db)

  await db.schema
    .createTable('data')
    .addColumn('id', integer, counted(db))
    .addColumn('feature_a', real, (column) => column.notNull())
    .addColumn('feature_b', real, (column) => column.notNull())
    .addColumn('class', integer, (column) => column.notNull())
    .execute()

  await db.schema
    .createTable('api_keys')
    .addColumn('id', text, (column) => column.primaryKey())
    .addColumn('name', text, (column) => column.notNull())
    .addColumn('hash', text, (column) => column.notNull().unique())
    .addColumn('prefix', text, (column) => column.notNull())
    .addColumn('suffix', text, (column) => column.notNull())
    .addColumn('created_at', integer, (column) => column.notNull())
    .addColumn('expires_at', integer)
    .addColumn('revoked_at', integer)
    .execute()

  await db.schema
    .createTable('models')
    .addColumn('version', integer, counted(db))
    .addColumn('sha256', text, (column) => column.notNull())
    .addColumn('json', text, (column) => column.notNull())
    .addColumn('created_at', integer, (column) => column.notNull())
    .execute()

  await db.schema
    .createTable('jobs')
    .addColumn('id', text, (column) => column.primaryKey())
    .addColumn('key_id', text, (column) => column.notNull().references('api_keys.id'))
    // SQLite cannot change a check later, so it has the state that cancelling will need.
    .addColumn('state', text, (column) =>
      column
        .notNull()
        .check(sql`state in ('queued', 'running', 'succeeded', 'failed', 'cancelled')`),
    )
    .addColumn('input', text, (column) => column.notNull())
    .addColumn('result', text)
    .addColumn('error', text)
    .addColumn('attempt', integer, (column) => column.notNull())
    .addColumn('released', integer, (column) => column.notNull())
    .addColumn('created_at', integer, (column) => column.notNull())
    .addColumn('run_at', integer, (column) => column.notNull())
    .addColumn('started_at', integer)
    .addColumn('lease_until', integer)
    .addColumn('finished_at', integer)
    .execute()

  // Partial: a worker looking for work never walks past jobs that are done.
  await db.schema
    .createIndex('jobs_queued')
    .on('jobs')
    .columns(['run_at', 'id'])
    .where(sql.ref('state'), '=', sql.lit('queued'))
    .execute()
  await db.schema
    .createIndex('jobs_running')
    .on('jobs')
    .column('lease_until')
    .where(sql.ref('state'), '=', sql.lit('running'))
    .execute()
  await db.schema
    .createIndex('jobs_finished')
    .on('jobs')
    .column('finished_at')
    .where(sql.ref('finished_at'), 'is not', sql.lit(null))
    .execute()
}
