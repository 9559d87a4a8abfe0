import { sql } from 'kysely'
import type { Database } from './schema.ts'

/**
 * A number that changes whenever another connection has committed something. To ask for it costs far
 * less than a query, so it can be asked often.
 *
 * Source: SQLite, PRAGMA data_version.
 */
export const findDataVersion = async (db: Database): Promise<number> => {
  const { rows } = await sql<{ data_version: number }>`pragma data_version`.execute(db)
  return rows[0].data_version
}
