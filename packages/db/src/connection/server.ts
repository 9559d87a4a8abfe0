import { sql } from 'kysely'
import type { Database } from '../schema.ts'
import { isPostgres } from './engine.ts'

/** The server behind a connection. */
export type Server = {
  readonly version: string
  /** The version of TLS; null for a connection in the clear. */
  readonly tls: string | null
}

/** Asks who is at the other end; undefined where there is none, but a file. */
export const findServer = async (db: Database): Promise<Server | undefined> => {
  if (!isPostgres(db)) return undefined
  const { rows } = await sql<Server>`
    select split_part(current_setting('server_version'), ' ', 1) as version,
      (select ssl.version from pg_stat_ssl as ssl where ssl.pid = pg_backend_pid()) as tls`.execute(
    db,
  )
  return rows[0]
}
