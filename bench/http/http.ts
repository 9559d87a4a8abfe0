// Predictions over HTTP, beside the same JSON from bare servers and the same job in Python, in turns.
//   pnpm --filter @dsapi/bench bench:http
// Needs wrk; Flask, FastAPI and scikit-learn are measured where Debian's packages are installed.

import { writeFileSync } from 'node:fs'
import { startDsapi } from '../dsapi.ts'
import { inTurns } from '../in-turns.ts'
import { printTable } from '../report.ts'
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

const single = await inTurns(
  servers.map(({ name, url }) => ({
    name,
    measure: () => requestsPerSecond(`${url}${path}`, dsapi.key, load),
  })),
  rounds,
)
const able = [ours, ...python.filter(({ name }) => name.startsWith('FastAPI'))]
const many = await inTurns(
  able.map(({ name, url }) => ({ name, measure: () => rowsPerSecond(url, dsapi.key) })),
  rounds,
)
const others = await othersWhile(ours.url, dsapi.key)
for (const { stop } of servers) await stop()

printTable(
  ['GET /predict/…, one process each', 'Requests a second', 'dsapi to it'],
  single.map((row) => [
    row.name,
    row.figure.toFixed(0),
    (single[0].figure / row.figure).toFixed(2),
  ]),
)
process.stdout.write('\n')
printTable(
  ['POST /predict, 100,000 rows in a body', 'Rows a second', 'dsapi to it'],
  many.map((row) => [
    row.name,
    Math.round(row.figure).toLocaleString('en'),
    (many[0].figure / row.figure).toFixed(2),
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
