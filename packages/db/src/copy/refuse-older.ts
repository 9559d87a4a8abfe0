import { sql } from 'kysely'
import type { Database, Instant } from '../schema.ts'
import { CopyError } from './copy-error.ts'
import { findHighest } from './counter.ts'

/**
 * A backup and the database that it was made of have the same identity. The rows that came after the backup are in
 * the target then, and would be deleted.
 *
 * @throws CopyError `older_source` when the target has a newer entry of the audit, or a newer job, than the source
 */
export const refuseOlder = async (source: Database, target: Database): Promise<void> => {
  const ours = Number(await findHighest(source, 'audit', 'id'))
  const theirs = await findLastAudit(target)
  if (theirs > ours) throw older(`entry ${theirs} of the audit, where the source ends with ${ours}`)
  const [job, theirJob] = [await findNewestJob(source), await findNewestJob(target)]
  if (theirJob > job) throw older(`a job of ${new Date(theirJob).toISOString()}`)
}

const older = (what: string) =>
  new CopyError(
    'older_source',
    `It holds what is newer than anything in this source: ${what}. So the source is an older backup, or has lost rows. Nothing was changed: name the file that was copied before, or make a new database (createdb) and copy into that.`,
  )

const findLastAudit = async (target: Database): Promise<number> => {
  const { rows } = await sql<{ id: number }>`
    select coalesce(max(id), 0) as id from audit`.execute(target)
  return rows[0].id
}

const findNewestJob = async (db: Database): Promise<Instant> => {
  const { rows } = await sql<{ at: Instant }>`
    select coalesce(max(created_at), 0) as at from jobs`.execute(db)
  return rows[0].at
}
