// What it costs to take owners in turn, beside the oldest job first; and how long a job waits for its start while another
// owner has 100,000 jobs waiting, beside an empty queue.
//   pnpm --filter @dsapi/bench bench:fairness
// Needs PostgreSQL.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createKey } from '@dsapi/auth'
import { openDatabase } from '@dsapi/db'
import { startPostgres } from '@dsapi/testing'
import { sql } from 'kysely'
import { startDsapi } from '../dsapi.ts'
import { addJobs, pickUpMs } from '../jobs/job-lifetime.ts'
import { recordResult } from '../record-result.ts'
import { printTable, quantile } from '../report.ts'
import { claimRates, type OpenEmpty } from './claim-rates.ts'

const folder = mkdtempSync(join(tmpdir(), 'dsapi-fairness-'))
const server = await startPostgres()
let files = 0

const openEmpty: OpenEmpty = async (engine) => {
  const url =
    engine === 'sqlite'
      ? `sqlite:${join(folder, `${files++}.sqlite`)}`
      : await server.createDatabase()
  const db = await openDatabase({ url }, { create: true })
  await sql`with recursive numbers (n) as (select 0 union all select n + 1 from numbers where n < 999)
    insert into api_keys (id, name, hash, prefix, suffix, created_at)
    select 'owner' || n, '', 'hash' || n, '', '', 0 from numbers`.execute(db)
  return db
}

const rates = []
for (const engine of ['sqlite', 'postgres'] as const) {
  for (const owners of [1, 1000]) {
    rates.push({ engine, owners, figures: await claimRates(openEmpty, engine, owners) })
  }
}

const singleJobs = 30

/** The milliseconds until the jobs of an owner start, one at a time. */
const startMs = async (othersWaiting: number) => {
  const dsapi = await startDsapi({ withWorker: true })
  const by = { actor: 'cli:bench', now: Date.now() } as const
  await pickUpMs(dsapi, 3) // Threads are started, code is compiled.
  await addJobs(dsapi.db, othersWaiting, 'queued')
  const { key } = await createKey(dsapi.db, { name: 'other' }, by)
  const times = await pickUpMs({ ...dsapi, key }, singleJobs)
  const { rows } = await sql<{ left: number }>`
    select count(*) as left from jobs where state = 'queued'`.execute(dsapi.db)
  await dsapi.stop()
  return { median: quantile(times, 0.5), most: Math.max(...times), left: rows[0].left }
}

const starts = {
  empty: await startMs(0),
  beside: await startMs(100_000),
}

await server.stop()
rmSync(folder, { recursive: true })

printTable(
  ['Claims', 'owners in turn, jobs a second', 'the oldest first', 'ratio'],
  rates.map(({ engine, owners, figures: [inTurn, byAge] }) => [
    `${engine}, ${owners} owners`,
    ...[inTurn, byAge].map(({ figure }) => Math.round(figure).toLocaleString('en')),
    (inTurn.figure / byAge.figure).toFixed(2),
  ]),
)
const ms = ({ median, most }: { readonly median: number; readonly most: number }) =>
  `median ${median.toFixed(0)} ms, at most ${most.toFixed(0)} ms`
process.stdout.write(`
From acceptance to start, of ${singleJobs} jobs one after another:
  with nothing else in the queue: ${ms(starts.empty)}
  while another owner has 100,000 jobs waiting (${starts.beside.left} at the end): ${ms(starts.beside)}
`)
recordResult('fairness', { rates, starts })
process.exit()
