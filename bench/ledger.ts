import { setTimeout } from 'node:timers/promises'
import { type Database, isUnwritable } from '@dsapi/db'
import { sql } from 'kysely'
import type { Engine } from './faults/start-database.ts'

// Triggers keep the ledger in the database itself: whatever changes the state of a job, from any process,
// leaves an entry with the real time, which it asks the system for. (`Date` may be shifted.)

const isEnd = sql`state in ('succeeded', 'failed', 'cancelled')`
const isChange = sql`(new.state <> old.state or new.${isEnd})`

const triggers: Readonly<Record<Engine, readonly ReturnType<typeof sql>[]>> = {
  sqlite: [
    sql`create trigger ledger_new after insert on jobs begin
      insert into ledger values (new.id, new.state, unixepoch('subsec') * 1000); end`,
    sql`create trigger ledger_change after update of state on jobs when ${isChange} begin
      insert into ledger values (new.id, new.state, unixepoch('subsec') * 1000); end`,
  ],
  postgres: [
    sql`create function enter() returns trigger language plpgsql as $$ begin
      insert into ledger values (new.id, new.state, extract(epoch from clock_timestamp()) * 1000);
      return null; end $$`,
    sql`create trigger ledger_new after insert on jobs for each row execute function enter()`,
    sql`create trigger ledger_change after update of state on jobs
      for each row when (${isChange}) execute function enter()`,
  ],
}

export const openLedger = async (db: Database, engine: Engine): Promise<void> => {
  const table = sql`create table ledger
    (job_id text not null, state text not null, at double precision not null)`
  const index = sql`create index ledger_job on ledger (job_id)`
  for (const statement of [table, index, ...triggers[engine]]) await statement.execute(db)
}

const patienceMs = 120_000

/** Tries again while the database is locked or away: with faults and a busy machine, that may be longer than dsapi waits. */
export const patiently = async <T>(task: () => Promise<T>): Promise<T> => {
  for (const deadline = Date.now() + patienceMs; ; await setTimeout(100)) {
    try {
      return await task()
    } catch (error) {
      if (!isUnwritable(error) || Date.now() > deadline) throw error
    }
  }
}

type Entry = {
  readonly id: string
  readonly queuedAt: number
  readonly ends: number
  readonly endedAt: number | null
}

const entriesOf = sql<Entry>`
  select job_id as id, min(at) as "queuedAt", count(*) filter (where ${isEnd}) as ends,
    max(case when ${isEnd} then at end) as "endedAt"
  from ledger group by job_id`

const read = async (db: Database) => (await patiently(() => entriesOf.execute(db))).rows

/** A job, and the state in which it ended. */
export type JobEnd = { readonly id: string; readonly state: string }

/** The ends of all jobs, in all states in which they ended. */
export const readEnds = async (db: Database): Promise<readonly JobEnd[]> =>
  (await patiently(() => endsOf.execute(db))).rows

const endsOf = sql<JobEnd>`select distinct job_id as id, state from ledger where ${isEnd}`

/** Waits until all jobs that were accepted before a time have ended. Returns how long the last took from that time on,
 * or infinity if some did not end in two minutes. */
export const recoveryMs = async (db: Database, since: number): Promise<number> => {
  for (const deadline = Date.now() + patienceMs; Date.now() < deadline; await setTimeout(100)) {
    const before = (await read(db)).filter(({ queuedAt }) => queuedAt < since)
    const ends = before.map(({ endedAt }) => endedAt)
    if (!ends.includes(null)) return Math.max(0, ...ends.map((at) => (at ?? 0) - since))
  }
  return Number.POSITIVE_INFINITY
}

export type Account = {
  readonly accepted: number
  readonly succeeded: number
  readonly failed: number
  /** Accepted, and not ended. */
  readonly lost: number
  /** Ended more than once, or made twice of one request. */
  readonly doubled: number
}

/** Compares what clients were answered with what became of it, and begins a new page. */
export const account = async (db: Database, accepted: readonly string[]): Promise<Account> => {
  const entries = await read(db)
  const ends = new Map(entries.map(({ id, ends }) => [id, ends]))
  const { rows } = await patiently(() =>
    sql<{ state: string; count: number }>`
      select state, count(*) as count from jobs where id in (select job_id from ledger)
      group by state`.execute(db),
  )
  await patiently(() => sql`delete from ledger`.execute(db))
  const count = (state: string) => rows.find((row) => row.state === state)?.count ?? 0
  return {
    accepted: accepted.length,
    succeeded: count('succeeded'),
    failed: count('failed'),
    lost: accepted.filter((id) => (ends.get(id) ?? 0) === 0).length,
    doubled: entries.filter((entry) => entry.ends > 1).length + entries.length - accepted.length,
  }
}
