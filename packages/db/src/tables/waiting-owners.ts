import { sql } from 'kysely'
import type { Database, Instant } from '../schema.ts'

// Each step finds the next owner in the index, however many jobs an owner has waiting.

/** The owners with waiting jobs, in the order of their ids: those above one id, up to and with another. */
const owners = (name: string, bounds: { readonly above?: string; readonly upTo?: string }) => {
  const { above = '', upTo } = bounds
  const isInReach = upTo === undefined ? sql`` : sql`and key_id <= ${upTo}`
  const next = (above: unknown) => sql`(
    select key_id from jobs where state = 'queued' and key_id > ${above} ${isInReach}
    order by key_id limit 1)`
  const table = sql.ref(name)
  return sql`${table}(key_id) as (
    select ${next(above)} union all
    select ${next(sql.ref(`${name}.key_id`))} from ${table} where ${sql.ref(`${name}.key_id`)} is not null)`
}

/**
 * The owners of jobs that may run now, at most `limit`, in turn: those after an owner come first, then the others from the
 * beginning.
 *
 * Source: the "loose index scan" of PostgreSQL's wiki.
 */
export const findOwnersInTurn = async (
  db: Database,
  options: { readonly after: string; readonly dueBefore: Instant; readonly limit: number },
): Promise<string[]> => {
  const { after, dueBefore, limit } = options
  const due = (name: string) => sql`
    select key_id from ${sql.ref(name)} where key_id is not null and ${dueBefore} >= (
      select run_at from jobs where state = 'queued' and jobs.key_id = ${sql.ref(`${name}.key_id`)}
      order by run_at limit 1)`
  const { rows } = await sql<{ key_id: string }>`
    with recursive ${owners('later', { above: after })}, ${owners('earlier', { upTo: after })}
    ${due('later')} union all ${due('earlier')} limit ${limit}`.execute(db)
  return rows.map(({ key_id }) => key_id)
}

/** Makes jobs due that wait for an instant which nobody meant, because a clock was set back. */
export const rescheduleJobs = async (
  db: Database,
  options: { readonly runAfter: Instant; readonly now: Instant },
): Promise<void> => {
  await sql`
    with recursive ${owners('waiting', {})}
    update jobs set run_at = ${options.now}
    where state = 'queued' and run_at > ${options.runAfter}
      and key_id in (select key_id from waiting where key_id is not null)`.execute(db)
}
