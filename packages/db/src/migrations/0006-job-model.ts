import type { Kysely } from 'kysely'
import { columnTypes } from '../connection/engine.ts'

/** Which model a job was accepted for, so that it is computed with that one whatever is served by then. */
export const up = async (db: Kysely<unknown>): Promise<void> => {
  await db.schema.alterTable('jobs').addColumn('model_version', columnTypes(db).text).execute()
}
