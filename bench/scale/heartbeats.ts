// What PostgreSQL does for workers whose slots are all busy with long jobs: heartbeats, and looking for lost workers.
//   pnpm --filter @dsapi/bench bench:heartbeats [WORKERS …]
// Needs PostgreSQL. All workers run in this process, since only what they ask of the database is measured.

import { setTimeout } from 'node:timers/promises'
import { insertApiKey, openDatabase } from '@dsapi/db'
import { createDispatcher, createJobQueue, startWorker } from '@dsapi/queue'
import { startPostgres } from '@dsapi/testing'
import { sql } from 'kysely'
import { printTable } from '../report.ts'

const slots = 10
const seconds = 15
const counts = process.argv.slice(2).map(Number)

const server = await startPostgres({ settings: { max_connections: '300' } })

const onError = (error: unknown) => process.stderr.write(`${error}\n`)

const measure = async (workers: number) => {
  const url = await server.createDatabase()
  const db = await openDatabase({ url })
  const key = { id: 'k1', name: 'bench', hash: 'h', prefix: '', suffix: '', created_at: 0 }
  await insertApiKey(db, key)
  const started = []
  for (let worker = 0; worker < workers; worker++) {
    const own = await openDatabase({ url, poolSize: 1 })
    const dispatcher = await createDispatcher(own, undefined, onError)
    const options = { concurrency: slots, leaseMs: 2000, maxAttempts: 3, onError }
    const handler = ({ signal }: { readonly signal: AbortSignal }) =>
      setTimeout(3_600_000, undefined, { signal })
    started.push({ own, worker: startWorker(own, dispatcher, { ...options, handler }) })
  }
  const queue = createJobQueue(db, await createDispatcher(db, undefined, onError), {
    limit: 1e6,
    ownerLimit: 1e6,
  })
  const job = { keyId: 'k1', kind: 'bench', input: {}, timeLimitMs: 3_600_000 }
  await Promise.all(Array.from({ length: workers * slots }, () => queue.submit(job)))
  await setTimeout(5000)
  const read = async () => {
    await sql`select pg_stat_force_next_flush()`.execute(db).catch(() => {})
    const { rows } = await sql<{ read: number; written: number; commits: number }>`
      select (select idx_tup_fetch + seq_tup_read from pg_stat_user_tables where relname = 'jobs')::float as read,
        (select n_tup_upd from pg_stat_user_tables where relname = 'jobs')::float as written,
        (select xact_commit from pg_stat_database where datname = current_database())::float as commits`.execute(
      db,
    )
    return rows[0]
  }
  const before = await read()
  await setTimeout(seconds * 1000)
  const after = await read()
  await Promise.all(started.map(({ worker }) => worker.stop(0)))
  for (const { own } of started) await own.destroy()
  await db.destroy()
  const each = (name: keyof typeof after) => ((after[name] - before[name]) / seconds).toFixed(0)
  return [String(workers), String(workers * slots), each('read'), each('written'), each('commits')]
}

const rows = []
for (const workers of counts.length > 0 ? counts : [2, 8, 32]) rows.push(await measure(workers))
printTable(['Workers', 'Running jobs', 'Rows read a second', 'Rows written', 'Commits'], rows)
await server.stop()
process.exit()
