import { sql } from 'kysely'
import type { Database } from '../schema.ts'
import { watchFile } from '../sqlite/watch-file.ts'
import type { DatabaseWatch } from './database-watch.ts'
import { isPostgres } from './engine.ts'

const jobsChannel = 'dsapi_jobs'

/** Reports within milliseconds that jobs may wait: in SQLite whenever any process has written something, in PostgreSQL
 * when one has announced a job. It may report too often, and miss some. */
export const watchDatabase = async (db: Database, onChange: () => void): Promise<DatabaseWatch> => {
  if (!isPostgres(db)) return watchFile(db, onChange)
  const { listen } = await import('../postgres/listen.ts')
  return listen(db, jobsChannel, onChange)
}

/** Notifies the processes that watch the database of a waiting job, where they do not see it by themselves. */
export const announceJobs = async (db: Database): Promise<void> => {
  // Not in the transaction that writes the job: PostgreSQL lets such transactions commit one after another only.
  if (isPostgres(db)) await sql`select pg_notify(${jobsChannel}, '')`.execute(db)
}
