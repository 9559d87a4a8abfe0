import { type Database, inTransaction } from '@dsapi/db'
import { sql } from 'kysely'

// What dsapi did before owners took turns: the job that has waited longest comes next, of whatever owner.

/** Replaces the index of waiting jobs by the one that this order needs. */
export const orderByAge = async (db: Database): Promise<void> => {
  await sql`drop index jobs_queued`.execute(db)
  await sql`create index jobs_queued on jobs (run_at, id) where state = 'queued'`.execute(db)
}

/** Claims the oldest jobs that are due. */
export const claimOldest = async (
  db: Database,
  { now, limit }: { readonly now: number; readonly limit: number },
  engine: 'sqlite' | 'postgres',
): Promise<number> => {
  const due = await sql`
    select id from jobs where state = 'queued' and run_at <= ${now} order by run_at, id
    limit 1`.execute(db)
  if (due.rows.length === 0) return 0
  const lock = engine === 'postgres' ? sql`for update skip locked` : sql``
  const claim = sql`
    with due as (
      select id from jobs where state = 'queued' and run_at <= ${now} order by run_at, id
      limit ${limit} ${lock})
    update jobs set state = 'running', attempt = attempt + 1, heartbeat = heartbeat + 1,
      progress = null, started_at = ${now}
    where id in (select id from due) returning *`
  const { rows } = await inTransaction(db, (transaction) => claim.execute(transaction))
  return rows.length
}
