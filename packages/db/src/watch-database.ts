import { type FSWatcher, watch } from 'node:fs'
import { sql } from 'kysely'
import type { Database } from './schema.ts'

/** Tells of changes until it is stopped. */
export type DatabaseWatch = {
  /** Whether changes are told of at all: not on every file system. */
  readonly works: boolean
  readonly stop: () => void
}

/**
 * Tells whenever any process has written to the database, within milliseconds and for nothing in
 * between: the operating system says when the write-ahead log grows.
 */
export const watchDatabase = async (db: Database, onChange: () => void): Promise<DatabaseWatch> => {
  const { rows } = await sql<{ file: string }>`pragma database_list`.execute(db)
  let watcher: FSWatcher | undefined
  try {
    watcher = watch(`${rows[0].file}-wal`, { persistent: false }, onChange)
    watcher.on('error', () => watcher?.close())
  } catch {
    // No log yet, or no such service here: whoever waits has to look by itself.
  }
  return { works: watcher !== undefined, stop: () => watcher?.close() }
}
