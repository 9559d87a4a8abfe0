import pg from 'pg'
import { parse, toClientConfig } from 'pg-connection-string'
import type { DatabaseSettings } from '../connection/database-settings.ts'
import { applicationNames } from './application-names.ts'

const defaultConnectTimeoutMs = 5000
const defaultStatementTimeoutMs = 10_000
/** How much longer than the server we wait ourselves: then nobody is there to end the statement. */
const marginMs = 2000
/** A transaction whose client has fallen silent holds its locks no longer than this. */
const silentTransactionMs = 5000

/**
 * Prepared statements keep the plan of their first runs, when tables may have been empty: they shall use an index also
 * where it does not pay yet. Nothing here is worth a compilation.
 */
const planning = '-c enable_seqscan=off -c jit=off'

/** The server notices within half a minute that a host is gone, and lets go of its locks; by itself it takes hours. */
const watching = '-c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=4'

/** `bigint`, which holds instants and counts here. All of them are exact as a number. */
const int8 = 20
const types: NonNullable<pg.ClientConfig['types']> = {
  getTypeParser: (oid, format) =>
    oid === int8 && format !== 'binary' ? Number : pg.types.getTypeParser(oid, format),
}

type Purpose = {
  /** Without limits on how long a statement may take, for migrations. */
  readonly isPatient: boolean
  readonly isCopy?: boolean
}

/**
 * How a connection to PostgreSQL is made. `sslmode`, `sslrootcert`, `sslcert` and `sslkey` in the URL mean what they
 * mean to libpq (PostgreSQL, 34.1.2), except that `prefer` does not fall back to a connection in the clear.
 */
export const clientConfig = (
  settings: DatabaseSettings,
  { isPatient, isCopy = false }: Purpose,
): pg.ClientConfig => {
  const { url, statementTimeoutMs = defaultStatementTimeoutMs } = settings
  const fromUrl = toClientConfig(parse(url, { useLibpqCompat: true }))
  const limits = {
    statement_timeout: statementTimeoutMs,
    query_timeout: statementTimeoutMs + marginMs,
    idle_in_transaction_session_timeout: silentTransactionMs,
  }
  return {
    ...fromUrl,
    application_name: isCopy ? applicationNames.copy : applicationNames.others,
    options: [planning, watching, fromUrl.options].filter(Boolean).join(' '),
    connectionTimeoutMillis: settings.connectTimeoutMs ?? defaultConnectTimeoutMs,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    types,
    ...(!isPatient && limits),
  }
}
