import { type Kysely, sql } from 'kysely'
import { columnTypes, counted } from '../connection/engine.ts'

export const up = async (db: Kysely<unknown>): Promise<void> => {
  const types = columnTypes(db)
  // SQLite adds one column at a time.
  const add = (name: string, type: 'text' | 'integer', fallback?: string) =>
    db.schema
      .alterTable('api_keys')
      .addColumn(name, types[type], (column) =>
        fallback === undefined ? column : column.notNull().defaultTo(fallback),
      )
      .execute()
  await add('owner_id', 'text', '')
  await add('note', 'text', '')
  await add('scopes', 'text', 'predict jobs')
  await add('created_by', 'text', '')
  await add('rate_requests', 'integer')
  await add('rate_seconds', 'integer')
  await add('daily_quota', 'integer')
  await add('disabled_at', 'integer')
  await add('replaced_by', 'text')
  await add('last_used_at', 'integer')
  await sql`update api_keys set owner_id = id`.execute(db)

  await db.schema
    .createTable('audit')
    .addColumn('id', types.integer, counted(db))
    .addColumn('at', types.integer, (column) => column.notNull())
    .addColumn('actor', types.text, (column) => column.notNull())
    .addColumn('action', types.text, (column) => column.notNull())
    .addColumn('key_id', types.text, (column) => column.notNull().references('api_keys.id'))
    .addColumn('detail', types.text, (column) => column.notNull())
    .execute()
  await db.schema.createIndex('audit_of_key').on('audit').columns(['key_id', 'id']).execute()

  await db.schema
    .createTable('usage')
    .addColumn('owner_id', types.text, (column) => column.notNull())
    .addColumn('day', types.integer, (column) => column.notNull())
    .addColumn('requests', types.integer, (column) => column.notNull())
    .addPrimaryKeyConstraint('usage_of_day', ['owner_id', 'day'])
    .execute()
}
