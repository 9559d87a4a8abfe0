import type { Kysely } from 'kysely'
import { columnTypes, counted } from '../connection/engine.ts'
import { insertDefault, moveVersions } from './0007-move-models.ts'

/** Models have names: each has versions, of which one is served. What was there becomes the versions of `default`. The
 * table `models` stays: processes of an older dsapi read it, while hosts are upgraded one after another. */
export const up = async (db: Kysely<unknown>): Promise<void> => {
  await createVersions(db)
  await createPieces(db)
  await createAudit(db)
  await createModels(db)
  const moved = await moveVersions(db)
  if (moved !== undefined) await insertDefault(db, moved)

  const { text } = columnTypes(db)
  for (const table of ['jobs', 'predictions']) {
    // A constant as the default: no engine rewrites the rows for it.
    await db.schema
      .alterTable(table)
      .addColumn('model_name', text, (column) => column.notNull().defaultTo('default'))
      .execute()
  }
  await db.schema
    .createIndex('predictions_of_model')
    .on('predictions')
    .columns(['model_name', 'at'])
    .execute()
}

const createVersions = async (db: Kysely<unknown>) => {
  const { integer, text } = columnTypes(db)
  await db.schema
    .createTable('model_versions')
    .addColumn('name', text, (column) => column.notNull())
    .addColumn('version', integer, (column) => column.notNull())
    .addColumn('sha256', text, (column) => column.notNull())
    .addColumn('artifact_sha256', text, (column) => column.notNull())
    .addColumn('samples_sha256', text)
    .addColumn('size', integer, (column) => column.notNull())
    .addColumn('format', text, (column) => column.notNull())
    .addColumn('options', text, (column) => column.notNull())
    .addColumn('info', text)
    .addColumn('created_at', integer, (column) => column.notNull())
    .addColumn('created_by', text, (column) => column.notNull())
    .addPrimaryKeyConstraint('model_version', ['name', 'version'])
    .execute()
  for (const column of ['artifact_sha256', 'samples_sha256']) {
    await db.schema
      .createIndex(`model_versions_${column}`)
      .on('model_versions')
      .column(column)
      .execute()
  }
}

const createPieces = async (db: Kysely<unknown>) => {
  const { integer, text, bytes } = columnTypes(db)
  await db.schema
    .createTable('artifact_pieces')
    .addColumn('sha256', text, (column) => column.notNull())
    .addColumn('position', integer, (column) => column.notNull())
    // Before the content: SQLite reads a row from its beginning.
    .addColumn('created_at', integer, (column) => column.notNull())
    .addColumn('content', bytes, (column) => column.notNull())
    .addPrimaryKeyConstraint('artifact_piece', ['sha256', 'position'])
    .execute()
}

const createAudit = async (db: Kysely<unknown>) => {
  const { integer, text } = columnTypes(db)
  await db.schema
    .createTable('model_audit')
    .addColumn('id', integer, counted(db))
    .addColumn('at', integer, (column) => column.notNull())
    .addColumn('actor', text, (column) => column.notNull())
    .addColumn('action', text, (column) => column.notNull())
    .addColumn('name', text, (column) => column.notNull())
    .addColumn('version', integer, (column) => column.notNull())
    .addColumn('detail', text, (column) => column.notNull())
    .execute()
  await db.schema.createIndex('audit_of_model').on('model_audit').columns(['name', 'id']).execute()
}

const createModels = async (db: Kysely<unknown>) => {
  const { integer, real, text } = columnTypes(db)
  await db.schema
    .createTable('named_models')
    .addColumn('name', text, (column) => column.primaryKey())
    .addColumn('last_version', integer, (column) => column.notNull())
    .addColumn('served', integer, (column) => column.notNull())
    .addColumn('history', text, (column) => column.notNull())
    .addColumn('canary', integer)
    .addColumn('canary_share', real)
    .addColumn('shadow', integer)
    .addColumn('changed_at', integer, (column) => column.notNull())
    .execute()
}
