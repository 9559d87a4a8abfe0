/** Where the database is, and how it is to be treated. */
export type DatabaseSettings = {
  /** `sqlite:PATH`, or `postgres://USER@HOST:PORT/NAME` with the parameters of libpq that concern TLS. */
  readonly url: string
  /** How many connections this process may have, besides the one on which it waits for news. */
  readonly poolSize?: number
  /** A statement that takes longer is ended. */
  readonly statementTimeoutMs?: number
  /** For how long a connection is tried to be had, at the start and whenever it was lost. */
  readonly connectTimeoutMs?: number
}

const sqlitePrefix = 'sqlite:'

/** The file, if it is one. */
export const sqlitePath = (url: string): string | undefined =>
  url.startsWith(sqlitePrefix) ? url.slice(sqlitePrefix.length) : undefined

/** A database's name for people to read: a path, or an address without user and password. */
export const nameOfDatabase = (url: string): string => {
  const path = sqlitePath(url)
  if (path !== undefined) return path
  const { protocol, host, pathname } = new URL(url)
  return `${protocol}//${host}${pathname}`
}
