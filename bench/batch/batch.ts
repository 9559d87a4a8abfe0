// Measures a batch of ten million rows: its time, and the memory of the API and of the worker.
//   pnpm --filter @dsapi/bench bench:batch [ROWS]

import { readFileSync } from 'node:fs'
import { request } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setTimeout } from 'node:timers/promises'
import { startDsapi } from '../dsapi.ts'
import { recordResult } from '../record-result.ts'
import { printTable } from '../report.ts'

const rows = Number(process.argv[2] ?? 10_000_000)
const rowsAtOnce = 10_000

/** The most memory that a process has had, in MiB (proc(5): VmHWM), and what it has now. */
const memoryOf = (pid: number | undefined) => {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  const read = (name: string) => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1]) / 1024
  return { now: read('VmRSS'), most: read('VmHWM') }
}

function* csv() {
  yield 'feature_a,feature_b\n'
  for (let first = 0; first < rows; first += rowsAtOnce) {
    let text = ''
    for (let row = first; row < Math.min(first + rowsAtOnce, rows); row++) {
      text += `${(row % 997) / 100 - 5},${(row % 1009) / 100 - 5}\n`
    }
    yield text
  }
}

const dsapi = await startDsapi({ withWorker: true })
const headers = { 'X-API-Key': dsapi.key }
const url = `http://127.0.0.1:${dsapi.port}`

const upload = () =>
  new Promise<string>((resolve, reject) => {
    const options = { method: 'POST', headers: { ...headers, 'Content-Type': 'text/csv' } }
    const post = request(`${url}/jobs/batch`, options, async (response) => {
      const text = Buffer.concat(await response.toArray()).toString()
      if (response.statusCode === 202) resolve(JSON.parse(text).id)
      else reject(new Error(text))
    })
    pipeline(Readable.from(csv()), post).catch(reject)
  })

const untilEnded = async (id: string) => {
  for (;;) {
    const response = await fetch(`${url}/jobs/${id}`, { headers })
    const job = (await response.json()) as { state: string; result: unknown }
    if (job.state === 'succeeded') return job.result
    if (job.state === 'failed') throw new Error(JSON.stringify(job))
    await setTimeout(100)
  }
}

/** Reads the whole result, and checks that every row is there, in order. */
const download = async (id: string) => {
  const response = await fetch(`${url}/jobs/${id}/result`, { headers })
  if (response.body === null) throw new Error('There is no body')
  let row = -1
  let rest = ''
  for await (const part of response.body.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + part).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) {
      row++
      if (row > 0 && !line.startsWith(`${row},`)) throw new Error(`Row ${row} is ${line}`)
    }
  }
  if (row !== rows) throw new Error(`${row} rows of ${rows}`)
}

const timed = async <T>(task: () => Promise<T>) => {
  const begun = performance.now()
  const value = await task()
  return { value, seconds: (performance.now() - begun) / 1000 }
}

const before = { api: memoryOf(dsapi.api.pid), worker: memoryOf(dsapi.workers[0]?.pid) }
const uploaded = await timed(upload)
const scored = await timed(() => untilEnded(uploaded.value))
const downloaded = await timed(() => download(uploaded.value))
const after = { api: memoryOf(dsapi.api.pid), worker: memoryOf(dsapi.workers[0]?.pid) }
await dsapi.stop()

const steps = { upload: uploaded, score: scored, download: downloaded }
printTable(
  [`${rows.toLocaleString('en')} rows`, 'Seconds', 'Rows a second'],
  Object.entries(steps).map(([name, { seconds }]) => [
    name,
    seconds.toFixed(1),
    Math.round(rows / seconds).toLocaleString('en'),
  ]),
)
process.stdout.write('\n')
printTable(
  ['Memory', 'Before', 'At most'],
  (['api', 'worker'] as const).map((name) => [
    name,
    `${before[name].now.toFixed(0)} MiB`,
    `${after[name].most.toFixed(0)} MiB`,
  ]),
)
const seconds = Object.fromEntries(
  Object.entries(steps).map(([name, step]) => [name, step.seconds]),
)
recordResult('batch', { rows, seconds, memoryMiB: { before, after } })
