// How fast ended jobs leave PostgreSQL, and what that does to others that write.
//   pnpm --filter @dsapi/bench bench:retention [JOBS]
// Needs PostgreSQL.

import { setTimeout } from 'node:timers/promises'
import { type Database, insertApiKey, openDatabase } from '@dsapi/db'
import { createDispatcher, createJobQueue } from '@dsapi/queue'
import { runRetention } from '@dsapi/retention'
import { startPostgres } from '@dsapi/testing'
import { sql } from 'kysely'
import { inWords, pacedWrites } from './paced-writes.ts'

const jobs = Number(process.argv[2] ?? 10_000_000)
const rate = 50
const pieces = 500_000
const days = { resultDays: 7, predictionLogDays: 30, trafficDays: 8, auditDays: 0, modelDays: 0 }

const server = await startPostgres({ settings: { fsync: 'on', max_wal_size: '4GB' } })
const url = await server.createDatabase()
const db = await openDatabase({ url })
const say = (text: string) => process.stdout.write(`${text}\n`)

/** Jobs that ended 15 days ago and before, and whose results were cleared a week later. */
const fill = async () => {
  const key = { id: 'k1', name: 'bench', hash: 'h', prefix: '', suffix: '', created_at: 0 }
  await insertApiKey(db, key)
  const patient = await openDatabase({ url, statementTimeoutMs: 600_000 })
  const before = Date.now() - 15 * 86_400_000
  for (let from = 0; from < jobs; from += pieces) {
    await sql`insert into jobs (id, key_id, kind, state, input, attempt, released, created_at, run_at,
        started_at, finished_at, cleared_at)
      select gen_random_uuid()::text, 'k1', 'slow-prediction', 'succeeded', '', 1, 0, at, at, at, at, at
      from (select (${before}::bigint - n) as at
        from generate_series(${from}::int, ${Math.min(jobs, from + pieces) - 1}::int) as n) as times`.execute(
      patient,
    )
  }
  await sql`vacuum analyze jobs`.execute(patient)
  await patient.destroy()
}

const state = async (on: Database) => {
  const { rows } = await sql<{ bytes: number; wal: number; dead: number; vacuums: number }>`
    select pg_total_relation_size('jobs')::float as bytes,
      pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::float as wal,
      n_dead_tup::float as dead, autovacuum_count::float as vacuums
    from pg_stat_user_tables where relname = 'jobs'`.execute(on)
  return rows[0]
}

await fill()
const before = await state(db)
say(`${jobs} ended jobs: ${(before.bytes / 1e9).toFixed(2)} GB with indexes`)
const own = await openDatabase({ url })
const queue = createJobQueue(own, await createDispatcher(own, undefined, () => {}), {
  limit: 1e9,
  ownerLimit: 1e9,
})
const job = { keyId: 'k1', kind: 'bench', input: {}, timeLimitMs: 1000 }
const submit = () => queue.submit(job)
say(`alone: ${inWords(await pacedWrites(submit, { rate, until: setTimeout(20_000) }))}`)
const begun = performance.now()
const deleting = runRetention(db, days, new AbortController().signal)
let mostDead = 0
const watching = setInterval(async () => {
  mostDead = Math.max(mostDead, (await state(own)).dead)
}, 1000)
say(`while rows are deleted: ${inWords(await pacedWrites(submit, { rate, until: deleting }))}`)
clearInterval(watching)
const seconds = (performance.now() - begun) / 1000
const after = await state(db)
const deleted = (await deleting).get('jobs') ?? 0
say(
  `${deleted} rows in ${seconds.toFixed(0)} s: ${(deleted / seconds).toFixed(0)} a second, ${((after.wal - before.wal) / deleted).toFixed(0)} bytes of WAL each, at most ${mostDead} dead rows, ${after.vacuums - before.vacuums} autovacuums`,
)
await own.destroy()
await db.destroy()
await server.stop()
process.exit()
