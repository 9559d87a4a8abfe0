import { setTimeout as wait } from 'node:timers/promises'
import type { Database } from '@dsapi/db'
import { sql } from 'kysely'

// PostgreSQL itself keeps the books, by a trigger: whatever changes the state of a job, whoever does it, leaves an
// entry in the same transaction, with the server's time. All hosts here share one clock.

const isEnd = sql`state in ('succeeded', 'failed', 'cancelled')`

export const openAccounts = async (db: Database): Promise<void> => {
  await sql`create table ledger (
    job_id text not null, state text not null, at double precision not null)`.execute(db)
  await sql`create index ledger_job on ledger (job_id)`.execute(db)
  await sql`create function note_state() returns trigger language plpgsql as $$
    begin
      if tg_op = 'INSERT' or new.state <> old.state or new.${isEnd} then
        insert into ledger values (new.id, new.state, extract(epoch from clock_timestamp()) * 1000);
      end if;
      return null;
    end $$`.execute(db)
  await sql`create trigger note_state after insert or update of state on jobs
    for each row execute function note_state()`.execute(db)
}

const readAll = async (db: Database) => {
  const { rows } = await sql<{
    id: string
    queuedAt: number
    ends: number
    endedAt: number | null
  }>`
    select job_id as id, min(at) as "queuedAt", count(*) filter (where ${isEnd}) as ends,
      max(at) filter (where ${isEnd}) as "endedAt"
    from ledger group by job_id`.execute(db)
  return rows
}

const patienceMs = 60_000

/** Waits until all jobs that were taken before an instant have ended; gives how long the last took from that
 * instant on, in milliseconds, or infinity when some did not in a minute. */
export const recoveryMs = async (db: Database, since: number): Promise<number> => {
  for (const deadline = Date.now() + patienceMs; Date.now() < deadline; await wait(100)) {
    const before = (await readAll(db)).filter(({ queuedAt }) => queuedAt < since)
    const ends = before.map(({ endedAt }) => endedAt)
    if (!ends.includes(null)) return Math.max(0, ...ends.map((at) => (at ?? 0) - since))
  }
  return Number.POSITIVE_INFINITY
}

export type Accounts = {
  readonly accepted: number
  readonly succeeded: number
  readonly failed: number
  /** Accepted, and not ended. */
  readonly lost: number
  /** Ended more than once, or made twice of one request. */
  readonly doubled: number
}

/** Compares what clients were told, since the accounts were opened or closed, with what became of it. */
export const closeAccounts = async (
  db: Database,
  accepted: readonly string[],
): Promise<Accounts> => {
  const entries = await readAll(db)
  const ends = new Map(entries.map(({ id, ends }) => [id, ends]))
  const { rows } = await sql<{ state: string; count: number }>`
    select state, count(*) as count from jobs where id in (select job_id from ledger)
    group by state`.execute(db)
  await sql`truncate ledger`.execute(db)
  const count = (state: string) => rows.find((row) => row.state === state)?.count ?? 0
  return {
    accepted: accepted.length,
    succeeded: count('succeeded'),
    failed: count('failed'),
    lost: accepted.filter((id) => (ends.get(id) ?? 0) === 0).length,
    doubled: entries.filter((entry) => entry.ends > 1).length + entries.length - accepted.length,
  }
}
