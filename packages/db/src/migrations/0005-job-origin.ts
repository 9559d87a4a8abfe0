import type { Kysely } from 'kysely'
import { columnTypes } from '../connection/engine.ts'

/** Which request a job came from, so that what is said about the one can be found by the other. */
export const up = async (db: Kysely<unknown>): Promise<void> => {
  for (const name of ['request_id', 'traceparent']) {
    await db.schema.alterTable('jobs').addColumn(name, columnTypes(db).text).execute()
  }
}
