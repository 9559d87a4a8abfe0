// Predictions over HTTP, beside the same JSON from bare servers and the same job in Python, in turns.
//   pnpm --filter @dsapi/bench bench:http
// Needs wrk; Flask, FastAPI and scikit-learn are measured where Debian's packages are installed.

import { createKey } from '@dsapi/auth'
import { type RunningDsapi, startDsapi } from '../dsapi.ts'
import { inTurns } from '../in-turns.ts'
import { pacedLoad } from '../paced-load.ts'
import { recordResult } from '../record-result.ts'
import { printTable, quantile } from '../report.ts'
import { othersWhile, rowsPerSecond } from './instances.ts'
import { type PeerServer, startBareServers, startPythonPeers } from './peers.ts'
import { requestsPerSecond } from './wrk.ts'

const rounds = 5
const load = { connections: 64, seconds: 4 }
const path = '/predict/feature_a/1.0/feature_b/1.0'

/** Requests a second of each, in turns. */
const single = (servers: readonly PeerServer[], key: string) =>
  inTurns(
    servers.map(({ name, url }) => ({
      name,
      measure: () => requestsPerSecond(url + path, key, load),
    })),
    rounds,
  )

const limits = { rate: { requests: 1_000_000, seconds: 1 }, dailyQuota: 1_000_000_000 }

/** Requests a second with a key without limits, and with one that has a rate and a quota, in turns. */
const byLimits = async ({ db, key, port }: RunningDsapi) => {
  const by = { actor: 'cli:bench', now: Date.now() } as const
  const limited = await createKey(db, { name: 'limited', ...limits }, by)
  const measured = (name: string, key: string) => ({
    name,
    measure: () => requestsPerSecond(`http://127.0.0.1:${port}${path}`, key, load),
  })
  return inTurns(
    [measured('a key without limits', key), measured('a key with a rate and a quota', limited.key)],
    rounds,
  )
}

/** The milliseconds that requests take while half as many come as could be answered. */
const atHalfLoad = async (port: number, key: string, most: number) => {
  const request = `GET ${path} HTTP/1.1\r\nHost: a\r\nX-API-Key: ${key}\r\n\r\n`
  const rate = Math.round(most / 2)
  const latencies = await pacedLoad(port, request, { rate, seconds: 15, connections: 64 })
  return { rate, median: quantile(latencies, 0.5), p99: quantile(latencies, 0.99) }
}

type Figures = Awaited<ReturnType<typeof single>>

const print = (title: string, unit: string, rows: Figures) => {
  const [ours] = rows
  printTable(
    [title, unit, 'dsapi to it'],
    rows.map(({ name, figure }) => [
      name,
      Math.round(figure).toLocaleString('en'),
      (ours.figure / figure).toFixed(2),
    ]),
  )
  process.stdout.write('\n')
}

const printLimits = (title: string, rows: Figures) => {
  const [unlimited] = rows
  printTable(
    [title, 'Requests a second', 'to a key without limits'],
    rows.map(({ name, figure }) => [
      name,
      Math.round(figure).toLocaleString('en'),
      (figure / unlimited.figure).toFixed(2),
    ]),
  )
  process.stdout.write('\n')
}

const stopAll = async (servers: readonly PeerServer[]) => {
  for (const { stop } of servers) await stop()
}
const asPeer = ({ port, stop }: RunningDsapi): PeerServer => ({
  name: 'dsapi',
  url: `http://127.0.0.1:${port}`,
  stop,
})

const dsapi = await startDsapi({ withWorker: false, logLevel: 'info' })
const ours = asPeer(dsapi)
const python = await startPythonPeers(dsapi.key, 1)
const servers = [ours, ...(await startBareServers()), ...python]
const one = await single(servers, dsapi.key)
const half = await atHalfLoad(dsapi.port, dsapi.key, one[0].figure)
const able = [ours, ...python.filter(({ name }) => name.startsWith('FastAPI'))]
const many = await inTurns(
  able.map(({ name, url }) => ({ name, measure: () => rowsPerSecond(url, dsapi.key) })),
  rounds,
)
const others = await othersWhile(ours.url, dsapi.key)
const limitedOne = await byLimits(dsapi)
await stopAll(servers)

const doubled = await startDsapi({ withWorker: false, logLevel: 'info', processes: 2 })
const pairs = [asPeer(doubled), ...(await startPythonPeers(doubled.key, 2))]
const two = await single(pairs, doubled.key)
const limitedTwo = await byLimits(doubled)
await stopAll(pairs)

print('GET /predict/…, one process each', 'Requests a second', one)
print('GET /predict/…, two processes each', 'Requests a second', two)
print('POST /predict, 100,000 rows in a body', 'Rows a second', many)
printLimits('GET /predict/…, one process', limitedOne)
printLimits('GET /predict/…, two processes', limitedTwo)
const ms = ({ median, p99 }: { readonly median: number; readonly p99: number }) =>
  `median ${median.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`
process.stdout.write(
  `At half load, ${half.rate} requests a second: ${ms(half)}
Other requests while such bodies are predicted: ${ms(others)}
`,
)
recordResult('http', { one, two, half, many, others, limitedOne, limitedTwo })
process.exit()
