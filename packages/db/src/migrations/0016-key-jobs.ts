import type { Kysely } from 'kysely'
import { columnTypes } from '../connection/engine.ts'

/** How many jobs of a key may wait. Keys that exist have the limit of the server. */
export const up = async (db: Kysely<unknown>): Promise<void> => {
  await db.schema.alterTable('api_keys').addColumn('max_jobs', columnTypes(db).integer).execute()
}
