// The console over a database of a busy server: how long the first rows of each page take, and what eight open tabs cost.
//   pnpm --filter @dsapi/bench bench:console
// Linux only: processor time is read from /proc. Needs PostgreSQL.

import { setTimeout } from 'node:timers/promises'
import { createKey } from '@dsapi/auth'
import { startPostgres } from '@dsapi/testing'
import { sql } from 'kysely'
import { cpuSeconds } from '../cpu-seconds.ts'
import { type RunningDsapi, startDsapi } from '../dsapi.ts'
import { recordResult } from '../record-result.ts'
import { median, printTable } from '../report.ts'
import { fillDatabase, type Size } from './fill.ts'
import { openTabs, type Page, pagesAt } from './pages.ts'
import { type Ask, signIn } from './signed-in.ts'

const size: Size = {
  jobs: Number(process.env.DSAPI_BENCH_JOBS ?? 1_000_000),
  keys: Number(process.env.DSAPI_BENCH_KEYS ?? 10_000),
  seriesAMinute: 20,
}
const rounds = 7
const tabSeconds = Number(process.env.DSAPI_BENCH_SECONDS ?? 60)
/** A session may send 50 requests a second. */
const betweenMs = 25

const measurePage = async (ask: Ask, { name, requests }: Page) => {
  const slowest: { path: string; ms: number; bytes: number }[] = []
  for (const { path } of requests) {
    const times: number[] = []
    let bytes = 0
    for (let round = 0; round < rounds; round++) {
      const answer = await ask(path)
      times.push(answer.ms)
      bytes = answer.bytes
      await setTimeout(betweenMs)
    }
    slowest.push({ path, ms: median(times), bytes })
  }
  const [{ path, ms, bytes }] = slowest.toSorted((a, b) => b.ms - a.ms)
  return { name, path, ms, bytes }
}

/** Polls as a visible tab does: the next request of a kind comes some time after the answer to the last one. */
const openTab = async (ask: Ask, { requests }: Page, end: number) => {
  await Promise.all(
    requests.map(async ({ path, everyMs }) => {
      await ask(path)
      if (everyMs === undefined) return
      while (performance.now() + everyMs < end) {
        await setTimeout(everyMs)
        await ask(path)
      }
    }),
  )
  await setTimeout(Math.max(0, end - performance.now()))
}

/** The share of a core that the server takes, less that of a server that nobody asks. */
const costOf = async ({ api, port }: RunningDsapi, key: string, pages: readonly Page[]) => {
  const asks = await Promise.all(pages.map(() => signIn(port, key)))
  // What the tabs ask first is not part of the cost of their being open.
  await Promise.all(pages.map((page, i) => openTab(asks[i], page, performance.now() + 2000)))
  const begun = cpuSeconds(api.pid)
  const end = performance.now() + tabSeconds * 1000
  if (pages.length === 0) await setTimeout(tabSeconds * 1000)
  await Promise.all(pages.map((page, i) => openTab(asks[i], page, end)))
  return (cpuSeconds(api.pid) - begun) / tabSeconds
}

const measure = async (engine: string, databaseUrl: string | undefined) => {
  const dsapi = await startDsapi({ withWorker: false, ...(databaseUrl && { databaseUrl }) })
  try {
    return { engine, ...(await measureServer(dsapi, databaseUrl !== undefined)) }
  } finally {
    await dsapi.stop()
  }
}

const measureServer = async (dsapi: RunningDsapi, isPostgres: boolean) => {
  const now = Date.now()
  await fillDatabase(dsapi.db, size, now)
  if (isPostgres) await sql`vacuum analyze`.execute(dsapi.db)
  const options = { name: 'admin', scopes: ['predict', 'jobs', 'admin'] } as const
  const { key } = await createKey(dsapi.db, options, { actor: 'cli:bench', now })
  await setTimeout(2000) // The server reads the keys.
  const ask = await signIn(dsapi.port, key)
  const all = pagesAt(now)
  const pages = []
  for (const page of all) pages.push(await measurePage(ask, page))
  const tabs = all.filter(({ name }) => openTabs.some((open) => open === name))
  if (tabs.length !== openTabs.length) throw new Error('A page of the open tabs is missing')
  const idle = await costOf(dsapi, key, [])
  return { pages, idle, open: await costOf(dsapi, key, tabs) }
}

const results = [await measure('SQLite', undefined)]
const postgres = await startPostgres()
try {
  results.push(await measure('PostgreSQL', await postgres.createDatabase()))
} finally {
  await postgres.stop()
}
for (const { engine, pages, idle, open } of results) {
  process.stdout.write(`\n${engine}\n\n`)
  printTable(
    ['page', 'slowest request', 'ms', 'kB'],
    pages.map(({ name, path, ms, bytes }) => [
      ...[name, path, ms.toFixed(1), (bytes / 1000).toFixed(0)],
    ]),
  )
  const percent = (share: number) => `${(share * 100).toFixed(2)} %`
  process.stdout.write(`\nidle ${percent(idle)}, eight open tabs ${percent(open)} of a core\n`)
}
recordResult('console', { ...size, rounds, tabSeconds, results })
