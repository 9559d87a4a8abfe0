import type { Kysely } from 'kysely'
import { columnTypes, counted } from '../connection/engine.ts'

/** What is known of a version beside its file: how well it predicts, and the shares of its training data. */
export const up = async (db: Kysely<unknown>): Promise<void> => {
  const { integer, text } = columnTypes(db)
  await db.schema
    .createTable('model_evaluations')
    .addColumn('id', integer, counted(db))
    .addColumn('name', text, (column) => column.notNull())
    .addColumn('version', integer, (column) => column.notNull())
    .addColumn('created_at', integer, (column) => column.notNull())
    .addColumn('created_by', text, (column) => column.notNull())
    .addColumn('content', text, (column) => column.notNull())
    .execute()
  await db.schema
    .createIndex('evaluations_of_version')
    .on('model_evaluations')
    .columns(['name', 'version', 'id'])
    .execute()
  await db.schema
    .createTable('model_training')
    .addColumn('name', text, (column) => column.notNull())
    .addColumn('version', integer, (column) => column.notNull())
    .addColumn('content', text, (column) => column.notNull())
    .addPrimaryKeyConstraint('training_of_version', ['name', 'version'])
    .execute()
}
