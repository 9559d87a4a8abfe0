// Sends bodies that were made to use up memory, six at a time, to a server in a control group of 1 GiB, the limit
// of deploy/kubernetes/api.yaml. Then it sends requests whose answers it does not read.
//   pnpm --filter @dsapi/bench bench:memory
// Needs Linux, and a user who may make control groups; for others the memory of the process is measured.

import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import { startDsapi } from '../dsapi.ts'
import { printTable } from '../report.ts'
import { hostileBodies } from './hostile-bodies.ts'
import { makeMemoryGroup, residentBytes } from './memory-group.ts'

const limitBytes = 2 ** 30
const atOnce = 6

const group = makeMemoryGroup(limitBytes)
const dsapi = await startDsapi({ withWorker: false, prefix: group?.inside })
const { port, key, api } = dsapi
const url = `http://127.0.0.1:${port}`
let most = 0
const measure = setInterval(() => {
  most = Math.max(most, residentBytes(api.pid ?? 0))
}, 200)

const post = async (body: string) => {
  const response = await fetch(`${url}/predict`, {
    method: 'POST',
    headers: { 'x-api-key': key },
    body,
  }).catch(() => undefined)
  // A piece at a time: this process has no limit of memory, but need not use it up.
  await response?.body?.pipeTo(new WritableStream()).catch(() => {})
  return response?.status ?? 'cut off'
}

const answeredWith = (statuses: readonly (number | string)[]) => {
  const counts = Object.entries(Object.groupBy(statuses, String))
  return counts.map(([status, all]) => `${all?.length} × ${status}`).join(', ')
}

/** Sends a request and reads nothing of its answer. */
const sendOnly = async (body: string): Promise<Socket> => {
  const socket = connect(port, '127.0.0.1')
  await once(socket, 'connect')
  socket.pause()
  socket.on('error', () => {})
  const head = `POST /predict HTTP/1.1\r\nHost: a\r\nX-API-Key: ${key}\r\nContent-Length: ${body.length}\r\n\r\n`
  socket.write(head + body)
  return socket
}

const rows: string[][] = []
for (const [name, body] of hostileBodies) {
  const statuses = await Promise.all(Array.from({ length: atOnce }, () => post(body)))
  rows.push([name, answeredWith(statuses)])
}
const readers = await Promise.all(
  Array.from({ length: 12 }, () =>
    sendOnly(`{"instances":[${Array(200_000).fill('[1,1]').join(',')}]}`),
  ),
)
await setTimeout(5000)
const live = await fetch(`${url}/livez`).then(
  ({ status }) => status,
  () => 'cut off',
)
rows.push(['clients that do not read', `/livez ${live}`])
for (const socket of readers) socket.destroy()

clearInterval(measure)
const isAlive = api.exitCode === null && api.signalCode === null
await dsapi.stop()
printTable(['Six at a time', 'answered'], rows)
const mebibytes = (bytes: number) => `${Math.round(bytes / 2 ** 20)} MiB`
const { peak, killed } = group?.read() ?? { peak: most, killed: Number(most > limitBytes) }
process.stdout.write(
  `\nMemory at most: ${mebibytes(peak)} of ${mebibytes(limitBytes)} (the process alone: ${mebibytes(most)})\n`,
)
group?.remove()
if (!isAlive || killed > 0) throw new Error('The server did not survive')
