import { type Kysely, sql } from 'kysely'
import { columnTypes } from '../connection/engine.ts'

/** When each kind of old rows was last deleted, since when a version of a model is no longer served, and who watches the claims of
 * workers. */
export const up = async (db: Kysely<unknown>): Promise<void> => {
  const { integer, text } = columnTypes(db)
  await db.schema
    .createTable('retention')
    .addColumn('kind', text, (column) => column.primaryKey())
    .addColumn('ran_at', integer, (column) => column.notNull())
    .addColumn('deleted', integer, (column) => column.notNull())
    .execute()
  await db.schema
    .createTable('watchers')
    .addColumn('slot', integer, (column) => column.primaryKey())
    .addColumn('holder', text, (column) => column.notNull())
    .addColumn('beat', integer, (column) => column.notNull())
    .execute()
  await db.schema.alterTable('model_versions').addColumn('unserved_at', integer).execute()
  // When they stopped being served is not known. Their time begins now.
  await sql`
    update model_versions set unserved_at = ${Date.now()}
    where exists (
      select 1 from named_models where named_models.name = model_versions.name
        and model_versions.version < served
        and model_versions.version <> coalesce(canary, 0)
        and model_versions.version <> coalesce(shadow, 0))`.execute(db)
}
