import { Kysely, PostgresDialect } from 'kysely'
import type { DatabaseSettings } from '../connection/database-settings.ts'
import type { Database, Schema } from '../schema.ts'
import { clientConfig } from './client-config.ts'
import { createPool } from './create-pool.ts'

/** Whole tables are read, which takes longer than other statements may, and is faster without an index. */
const reading = '-c default_transaction_read_only=on -c enable_seqscan=on'

/** Opens a database of PostgreSQL with one connection that may only read. */
export const openPostgresReadOnly = (settings: DatabaseSettings): Database => {
  const config = clientConfig(settings, { isPatient: true })
  const options = `${config.options} ${reading}`
  const pool = createPool({ ...config, options, max: 1 })
  return new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) })
}
