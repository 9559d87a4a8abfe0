/** How a database is opened. */
export type OpenOptions = {
  /** Make SQLite's file if there is none; otherwise a missing file is an error, so that a misspelt path does not
   * quietly become an empty database. A database of PostgreSQL has to be there. */
  readonly create?: boolean
  /** Open a database of PostgreSQL even where `copyDatabase` was begun and is not finished: for that copy alone, which
   * regards all other connections as users of the database. */
  readonly evenUnfinished?: boolean
  /** Is called with the names of the migrations that were run, if any were. */
  readonly onMigrated?: (names: readonly string[]) => void
}
