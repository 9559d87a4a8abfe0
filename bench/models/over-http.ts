import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { writePythonModel } from '@dsapi/python'
import { childrenOf, cpuSeconds } from '../cpu-seconds.ts'
import { startDsapi } from '../dsapi.ts'
import { median } from '../report.ts'
import { type Load, loadByWrk } from './load-by-wrk.ts'
import type { BenchModel } from './make-bench-model.ts'
import { bodyOf, pathOf } from './requests.ts'
import { addModel, serveModel } from './serve-model.ts'
import { python, type RunningFastApi, startFastApi } from './start-fastapi.ts'

const rounds = 3
const load = { connections: 64, seconds: 3 }

export type Served = Load & {
  readonly name: string
  /** The processor time of all processes of the server for a request; other load on the machine hardly changes it. */
  readonly cpuMicroseconds: number
}

type Server = { readonly name: string; readonly url: string; readonly pid: number | undefined }
type Sent = {
  readonly key: string
  readonly path: string
  readonly body?: string
  readonly folder: string
}

/** Of a process and of those that it has started. */
const cpuOf = (pid: number | undefined) =>
  [pid, ...childrenOf(pid)].reduce((sum: number, one) => sum + cpuSeconds(one), 0)

/** Loads the servers in turns, round after round, after one that is not counted. */
const inTurns = async (servers: readonly Server[], sent: Sent): Promise<readonly Served[]> => {
  const loads = servers.map((): Omit<Served, 'name'>[] => [])
  for (let round = 0; round <= rounds; round++) {
    for (const [index, { url, pid }] of servers.entries()) {
      const before = cpuOf(pid)
      const one = await loadByWrk({ ...sent, ...load, url: url + sent.path })
      const cpuMicroseconds = (1e6 * (cpuOf(pid) - before)) / (one.requestsPerSecond * load.seconds)
      if (round > 0) loads[index].push({ ...one, cpuMicroseconds })
    }
  }
  return servers.map(({ name }, index) => ({
    name,
    requestsPerSecond: median(loads[index].map(({ requestsPerSecond }) => requestsPerSecond)),
    p50: median(loads[index].map(({ p50 }) => p50)),
    p99: median(loads[index].map(({ p99 }) => p99)),
    cpuMicroseconds: median(loads[index].map(({ cpuMicroseconds }) => cpuMicroseconds)),
  }))
}

type Compared = {
  /** The file that dsapi serves. */
  readonly content: string
  readonly row: readonly number[]
  /** How its first feature is called, before the number. */
  readonly prefix: string
  readonly folder: string
  readonly startPeers: (key: string) => Promise<readonly RunningFastApi[]>
}

/** One row with each request: in its path, and in a body. */
export type ByPathAndBody = { readonly path: readonly Served[]; readonly body: readonly Served[] }

const compare = async (compared: Compared): Promise<ByPathAndBody> => {
  const { content, row, prefix, folder, startPeers } = compared
  const dsapi = await startDsapi({ withWorker: false, logLevel: 'info' })
  let peers: readonly RunningFastApi[] = []
  try {
    const body = bodyOf(row)
    await serveModel(dsapi, await addModel(dsapi.db, content, folder), body)
    peers = await startPeers(dsapi.key)
    const ours = { name: 'dsapi', url: `http://127.0.0.1:${dsapi.port}`, pid: dsapi.api.pid }
    const servers = [ours, ...peers]
    const sent = { key: dsapi.key, folder }
    return {
      path: await inTurns(servers, { ...sent, path: pathOf(row, prefix) }),
      body: await inTurns(servers, { ...sent, path: '/predict', body }),
    }
  } finally {
    for (const { stop } of peers) await stop()
    await dsapi.stop()
  }
}

/** 100 trees over HTTP, one process each. */
export const treesOverHttp = (model: BenchModel, folder: string): Promise<ByPathAndBody> =>
  compare({
    content: model.text,
    // Without missing values, which the peer does not read.
    row: Array.from(model.rows.subarray(0, model.width), (value) => value || 0),
    prefix: 'f',
    folder,
    startPeers: (key) => startFastApi({ model: model.file, key, workers: 1, library: 'xgboost' }),
  })

const processes = 2
const columnsOfPipelines = 30

/** scikit-learn over HTTP, two processes of Python each. */
export const pipelineOverHttp = (
  pipeline: 'logistic' | 'forest',
  folder: string,
): Promise<ByPathAndBody> => {
  execFileSync(python, [join(import.meta.dirname, 'make_pipelines.py'), folder])
  const file = join(folder, `${pipeline}.pkl`)
  const asked = { callable: file, interpreter: python, processes, directory: folder }
  return compare({
    content: writePythonModel(asked),
    row: Array.from({ length: columnsOfPipelines }, (_, i) => i + 0.5),
    prefix: 'x',
    folder,
    startPeers: (key) => startFastApi({ model: file, key, workers: processes, library: 'sklearn' }),
  })
}
