import { type Kysely, sql } from 'kysely'
import { columnTypes } from '../connection/engine.ts'

export const up = async (db: Kysely<unknown>): Promise<void> => {
  const types = columnTypes(db)
  const add = (name: string, type: 'text' | 'integer' | 'real', fallback?: string | number) =>
    db.schema
      .alterTable('jobs')
      .addColumn(name, types[type], (column) =>
        fallback === undefined ? column : column.notNull().defaultTo(fallback),
      )
      .execute()
  await add('kind', 'text', 'slow-prediction')
  await add('time_limit_ms', 'integer')
  await add('progress', 'real')
  await add('idempotency_key', 'text')
  await add('fingerprint', 'text')
  await add('cleared_at', 'integer')

  // A lease was an instant, which a clock that jumps makes worthless. A heartbeat is a number that grows.
  await db.schema.dropIndex('jobs_running').execute()
  await db.schema.alterTable('jobs').dropColumn('lease_until').execute()
  await add('heartbeat', 'integer', 0)
  await db.schema
    .createIndex('jobs_running')
    .on('jobs')
    .column('id')
    .where(sql.ref('state'), '=', sql.lit('running'))
    .execute()

  await db.schema
    .createIndex('jobs_of_key')
    .on('jobs')
    .columns(['key_id', 'created_at', 'id'])
    .execute()
  // Partial, so that a job's row moves in it once: an index of all states halves the jobs a second.
  await db.schema
    .createIndex('jobs_ended')
    .on('jobs')
    .columns(['key_id', 'state', 'created_at', 'id'])
    .where(sql<boolean>`state in ('succeeded', 'failed', 'cancelled')`)
    .execute()
  await db.schema.createIndex('jobs_by_time').on('jobs').columns(['created_at', 'id']).execute()
  await db.schema
    .createIndex('jobs_idempotency')
    .unique()
    .on('jobs')
    .columns(['key_id', 'idempotency_key'])
    .where(sql.ref('idempotency_key'), 'is not', sql.lit(null))
    .execute()
  // Of finished jobs, those whose results are still there: the sweeper never walks past the others.
  await db.schema
    .createIndex('jobs_uncleared')
    .on('jobs')
    .column('finished_at')
    .where(sql<boolean>`finished_at is not null and cleared_at is null`)
    .execute()

  // Chunks come before their job, which is written down when the last of them is there.
  await db.schema
    .createTable('job_chunks')
    .addColumn('job_id', types.text, (column) => column.notNull())
    .addColumn('part', types.text, (column) => column.notNull())
    .addColumn('position', types.integer, (column) => column.notNull())
    .addColumn('created_at', types.integer, (column) => column.notNull())
    .addColumn('content', types.text, (column) => column.notNull())
    .addPrimaryKeyConstraint('job_chunk', ['job_id', 'part', 'position'])
    .execute()
}
