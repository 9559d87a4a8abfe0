// Checks that memory does not grow while clients send valid and invalid requests for an hour.
//   pnpm --filter @dsapi/bench bench:soak            an hour
//   pnpm --filter @dsapi/bench bench:soak 2          two minutes: the short form
// It fails where the last quarter's median is more than a tenth, and more than 20 MiB, above the second's.

import { readFileSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { startDsapi } from '../dsapi.ts'
import { recordResult } from '../record-result.ts'
import { median, printTable } from '../report.ts'
import { startTraffic } from './traffic.ts'

const minutes = Number(process.argv[2] ?? 60)
const samples = 120
const mebibyte = 2 ** 20

/** The memory that a process holds (Linux, proc(5)), in MiB. */
const memoryOf = (pid: number | undefined) => {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) / 1024
}

const dsapi = await startDsapi({ withWorker: true, logLevel: 'info' })
const url = `http://127.0.0.1:${dsapi.port}`
const traffic = startTraffic(url, dsapi.key)
const seen: { api: number; worker: number; heap: number }[] = []
for (let i = 0; i < samples; i++) {
  await wait((minutes * 60_000) / samples)
  const text = await (await fetch(`${url}/metrics`)).text()
  const heap = Number(/^nodejs_heap_size_used_bytes (\S+)$/m.exec(text)?.[1]) / mebibyte
  seen.push({ api: memoryOf(dsapi.api.pid), worker: memoryOf(dsapi.workers[0]?.pid), heap })
}
await traffic.stop()
await dsapi.stop()

const quarter = (part: number, what: 'api' | 'worker' | 'heap') =>
  median(seen.slice((part * samples) / 4, ((part + 1) * samples) / 4).map((each) => each[what]))
const rows = (['api', 'heap', 'worker'] as const).map((what) => ({
  what,
  quarters: [0, 1, 2, 3].map((part) => Math.round(quarter(part, what))),
  most: Math.round(Math.max(...seen.map((each) => each[what]))),
}))
const names = { api: 'api', heap: 'api, its heap', worker: 'worker' }
printTable(
  [
    `MiB, ${minutes} minutes, ${traffic.done()} operations`,
    '1st',
    '2nd',
    '3rd',
    '4th quarter',
    'most',
  ],
  rows.map(({ what, quarters, most }) => [names[what], ...quarters.map(String), String(most)]),
)
if (minutes >= 60) {
  recordResult('soak', { minutes, operations: traffic.done(), rows })
}
const grown = rows.filter(
  ({ quarters: [, second, , last] }) => last > second * 1.1 && last > second + 20,
)
for (const { what } of grown) process.stdout.write(`The memory of the ${names[what]} has grown.\n`)
process.exit(grown.length === 0 ? 0 : 1)
