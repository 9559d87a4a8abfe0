import { sql } from 'kysely'
import type { Database } from '../schema.ts'
import { watchFile } from '../sqlite/watch-file.ts'
import { isPostgres } from './engine.ts'

const jobsChannel = 'dsapi_jobs'

/** Tells of jobs until it is stopped. */
export type DatabaseWatch = {
  /** Whether it tells at all now: not on every file system, and not while there is no connection. */
  readonly works: () => boolean
  readonly stop: () => void
}

/** Tells when jobs may wait, within milliseconds: in SQLite whenever any process has written something, in
 * PostgreSQL when one has announced a job. It may tell too often, and lose some. */
export const watchDatabase = async (db: Database, onChange: () => void): Promise<DatabaseWatch> => {
  if (!isPostgres(db)) return watchFile(db, onChange)
  const { listen } = await import('../postgres/listen.ts')
  return listen(db, jobsChannel, onChange)
}

/** Tells those who watch the database that a job waits, where they do not see it by themselves. */
export const announceJobs = async (db: Database): Promise<void> => {
  // Not in the transaction that writes the job: PostgreSQL lets such transactions commit one after another only.
  if (isPostgres(db)) await sql`select pg_notify(${jobsChannel}, '')`.execute(db)
}
