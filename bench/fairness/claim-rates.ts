import { claimJobsOf, type Database, inTransaction } from '@dsapi/db'
import { createTurns } from '@dsapi/queue'
import { sql } from 'kysely'
import { type Contestant, inTurns } from '../in-turns.ts'
import { claimOldest, orderByAge } from './oldest-first.ts'

const rounds = 3
const waiting = 30_000
const claimed = 10_000
const batch = 10

/** An empty database, which is closed with `destroy`. */
export type OpenEmpty = (engine: 'sqlite' | 'postgres') => Promise<Database>

const fill = async (db: Database, engine: 'sqlite' | 'postgres', owners: number) => {
  await sql`delete from jobs`.execute(db)
  await sql`with recursive numbers (n) as (select 1 union all select n + 1 from numbers where n < ${sql.lit(waiting)})
    insert into jobs (id, key_id, kind, state, input, attempt, released, created_at, run_at)
    select 'job' || (1000000 + n), 'owner' || (n % ${sql.lit(owners)}), 'none', 'queued', '{}', 0, 0, n, n
    from numbers`.execute(db)
  if (engine === 'postgres') await sql`vacuum analyze jobs`.execute(db)
}

/** Claims as a worker does. */
const claimingInTurn = (db: Database) => {
  const turns = createTurns(db)
  return async ({ now, limit }: { readonly now: number; readonly limit: number }) => {
    if (!(await turns.isAnyDue())) return 0
    const shares = turns.share(limit)
    const rows = await inTransaction(db, (transaction) => claimJobsOf(transaction, { shares, now }))
    turns.pass(limit)
    if (rows.length < limit) turns.forget()
    return rows.length
  }
}

/** Jobs a second that one worker claims, ten at a time, each time in a commit of its own. */
const claimsOf = (claim: () => Promise<number>) => async (): Promise<number> => {
  const begun = performance.now()
  for (let count = 0; count < claimed; ) count += await claim()
  return claimed / ((performance.now() - begun) / 1000)
}

/** Claims in turn and oldest first, in turns, from queues of one owner and of many. */
export const claimRates = async (
  openEmpty: OpenEmpty,
  engine: 'sqlite' | 'postgres',
  owners: number,
) => {
  const inTurn = await openEmpty(engine)
  const byAge = await openEmpty(engine)
  await orderByAge(byAge)
  const contestant = (name: string, db: Database, claim: () => Promise<number>): Contestant => ({
    name,
    measure: async () => {
      await fill(db, engine, owners)
      return claimsOf(claim)()
    },
  })
  const claimNext = claimingInTurn(inTurn)
  const due = { limit: batch, now: Date.now() }
  const figures = await inTurns(
    [
      contestant('owners in turn', inTurn, () => claimNext(due)),
      contestant('the oldest first', byAge, () => claimOldest(byAge, due, engine)),
    ],
    rounds,
  )
  await inTurn.destroy()
  await byAge.destroy()
  return figures
}
