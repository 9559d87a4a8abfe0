import type { Kysely } from 'kysely'
import { columnTypes } from '../connection/engine.ts'

/** Which models a key may use. Those that exist may use all. */
export const up = async (db: Kysely<unknown>): Promise<void> => {
  await db.schema.alterTable('api_keys').addColumn('models', columnTypes(db).text).execute()
}
