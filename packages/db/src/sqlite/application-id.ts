import type BetterSqlite3 from 'better-sqlite3'

/** 'dsap' in ASCII: SQLite keeps it in the file's header, so that we know our own files. */
const applicationId = 0x64736170

export const isMarked = (sqlite: BetterSqlite3.Database): boolean =>
  sqlite.pragma('application_id', { simple: true }) === applicationId

export const mark = (sqlite: BetterSqlite3.Database): void => {
  sqlite.pragma(`application_id = ${applicationId}`)
}
