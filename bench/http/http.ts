// Predictions over HTTP, beside the same JSON from bare servers and the same job in Python, in turns.
//   pnpm --filter @dsapi/bench bench:http
// Needs wrk; Flask, FastAPI and scikit-learn are measured where Debian's packages are installed.

import { writeFileSync } from 'node:fs'
import { startDsapi } from '../jobs/dsapi.ts'
import { median, printTable } from '../report.ts'
import { othersWhile, rowsPerSecond } from './instances.ts'
import { startBareServers, startPythonPeers } from './peers.ts'
import { requestsPerSecond } from './wrk.ts'

const rounds = 5
const load = { connections: 64, seconds: 4 }
const path = '/predict/feature_a/1.0/feature_b/1.0'

const dsapi = await startDsapi({ withWorker: false, logLevel: 'info' })
const ours = { name: 'dsapi', url: `http://127.0.0.1:${dsapi.port}`, stop: dsapi.stop }
const python = await startPythonPeers(dsapi.key)
const servers = [ours, ...(await startBareServers()), ...python]

const measureSingle = async () => {
  const figures = servers.map((): number[] => [])
  for (let round = 0; round <= rounds; round++) {
    for (const [index, { url }] of servers.entries()) {
      const figure = await requestsPerSecond(`${url}${path}`, dsapi.key, load)
      if (round > 0) figures[index].push(figure) // The first round warms up.
    }
  }
  return servers.map(({ name }, index) => ({ name, requestsPerSecond: median(figures[index]) }))
}

const measureMany = async () => {
  const able = [ours, ...python.filter(({ name }) => name.startsWith('FastAPI'))]
  const figures = able.map((): number[] => [])
  for (let round = 0; round <= rounds; round++) {
    for (const [index, { url }] of able.entries()) {
      const figure = await rowsPerSecond(url, dsapi.key)
      if (round > 0) figures[index].push(figure)
    }
  }
  return able.map(({ name }, index) => ({ name, rowsPerSecond: median(figures[index]) }))
}

const single = await measureSingle()
const many = await measureMany()
const others = await othersWhile(ours.url, dsapi.key)
for (const { stop } of servers) await stop()

printTable(
  ['GET /predict/…, one process each', 'Requests a second', 'dsapi to it'],
  single.map((row) => [
    row.name,
    row.requestsPerSecond.toFixed(0),
    (single[0].requestsPerSecond / row.requestsPerSecond).toFixed(2),
  ]),
)
process.stdout.write('\n')
printTable(
  ['POST /predict, 100,000 rows in a body', 'Rows a second', 'dsapi to it'],
  many.map((row) => [
    row.name,
    Math.round(row.rowsPerSecond).toLocaleString('en'),
    (many[0].rowsPerSecond / row.rowsPerSecond).toFixed(2),
  ]),
)
process.stdout.write(
  `\nOther requests meanwhile: median ${others.median.toFixed(1)} ms, p99 ${others.p99.toFixed(1)} ms\n`,
)
writeFileSync(
  new URL('../results/http.json', import.meta.url),
  `${JSON.stringify({ single, many, others }, null, 2)}\n`,
)
process.exit()
