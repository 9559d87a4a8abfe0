// Measures what the check of a key costs a request, and what a flood of unknown keys costs known ones.
//   pnpm --filter @dsapi/bench bench:auth
// The same route with and without the check answers in turns, in one process; what is compared is the
// processor time that this process spends on a request, which a busy machine disturbs least.

import { type ChildProcess, fork } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createAuthenticator, createKey, followKeys } from '@dsapi/auth'
import { openDatabase } from '@dsapi/db'
import { load } from '../load.ts'
import { recordResult } from '../record-result.ts'
import { median, printTable } from '../report.ts'

const rounds = 9
const loadSeconds = 2
const connections = 32

const processorMicroseconds = async (server: ChildProcess) => {
  server.send('cpu')
  const [{ user, system }] = await once(server, 'message')
  return user + system
}

const costOfCheck = async () => {
  const server = fork(join(import.meta.dirname, 'server.ts'))
  const [ports] = await once(server, 'message')
  const request = `GET / HTTP/1.1\r\nHost: a\r\nX-API-Key: ${ports.key}\r\n\r\n`
  const perRequest = async (port: number, seconds = loadSeconds) => {
    const before = await processorMicroseconds(server)
    const { answers } = await load(port, request, { connections, seconds })
    return ((await processorMicroseconds(server)) - before) / answers
  }
  await perRequest(ports.with, 1)
  await perRequest(ports.without, 1)
  const figures = { with: [] as number[], without: [] as number[], added: [] as number[] }
  for (let round = 0; round < rounds; round++) {
    // The one that goes first in one round goes last in the next.
    const order = round % 2 === 0 ? (['with', 'without'] as const) : (['without', 'with'] as const)
    for (const which of order) figures[which].push(await perRequest(ports[which]))
    figures.added.push(figures.with[round] - figures.without[round])
  }
  server.disconnect()
  return {
    with: median(figures.with),
    without: median(figures.without),
    added: median(figures.added),
  }
}

const floodPerSecond = 100_000
const floodSeconds = 10
const batch = 100
const heap = () => {
  globalThis.gc?.()
  return process.memoryUsage().heapUsed / 2 ** 20
}

/** Times batches of checks of a known key, with so many unknown keys each second in between. */
const costUnderFlood = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'dsapi-bench-'))
  const db = await openDatabase({ url: `sqlite:${join(folder, 'bench.sqlite')}` }, { create: true })
  const { key } = await createKey(db, { name: 'bench' }, { actor: 'cli:bench', now: Date.now() })
  const keys = await followKeys(db, {
    onError: (error) => {
      throw error
    },
  })
  const { authenticate } = createAuthenticator(keys, { acceptDemoKeys: () => false })
  const known = { kind: 'key', text: key } as const
  const timeKnown = () => {
    const begun = performance.now()
    for (let i = 0; i < batch; i++) authenticate(known)
    return ((performance.now() - begun) * 1000) / batch
  }
  const nap = () => new Promise((resolve) => setTimeout(resolve, 1))

  let refused = 0
  const flood = (count: number) => {
    const seed = randomBytes(8).toString('hex')
    for (let i = 0; i < count; i++) {
      void Promise.resolve(authenticate({ kind: 'key', text: `${seed}${i}` })).then(() => refused++)
    }
  }
  /** A second of checks, half of them known ones timed, and the unknown ones at their rate. */
  const second = async (perSecond: number) => {
    const times: number[] = []
    const begun = performance.now()
    let sent = 0
    while (performance.now() - begun < 1000) {
      const due = Math.floor(((performance.now() - begun) / 1000) * perSecond)
      flood(due - sent)
      sent = due
      times.push(timeKnown())
      await nap()
    }
    return median(times)
  }
  await second(floodPerSecond)
  await second(0)
  const before = heap()
  const figures = { calm: [] as number[], flooded: [] as number[] }
  for (let i = 0; i < floodSeconds; i++) {
    figures.calm.push(await second(0))
    figures.flooded.push(await second(floodPerSecond))
  }
  await nap()
  const grown = heap() - before
  await keys.stop()
  await db.destroy()
  rmSync(folder, { recursive: true })
  return { calm: median(figures.calm), flooded: median(figures.flooded), grown, refused }
}

const check = await costOfCheck()
const flood = await costUnderFlood()
const ratio = flood.flooded / flood.calm
const us = (value: number) => `${value.toFixed(2)} µs`

printTable(
  ['question', 'without', 'with', 'difference'],
  [
    [
      'processor time of a request, without and with the check',
      us(check.without),
      us(check.with),
      us(check.added),
    ],
    [
      `check of a known key, without and with ${floodPerSecond} unknown ones a second`,
      us(flood.calm),
      us(flood.flooded),
      `ratio ${ratio.toFixed(2)}`,
    ],
    [`heap after ${flood.refused} unknown keys`, '', '', `${flood.grown.toFixed(1)} MiB`],
  ],
)
recordResult('auth', { rounds, check, flood: { ...flood, ratio } })
