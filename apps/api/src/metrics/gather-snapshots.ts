import cluster from 'node:cluster'
import type { Metrics } from './metrics.ts'
import { isProcessMessage, type ProcessMessage } from './process-messages.ts'
import type { Snapshot } from './snapshot.ts'

export type GatheredSnapshots = {
  /** The metrics of all processes of the cluster, this one's among them; or of this one, where it is alone. */
  readonly snapshots: () => Promise<readonly Snapshot[]>
  /** Leaves what this process has counted with those that go on. */
  readonly leave: () => Promise<void>
}

/** After this time, this process's own metrics must do. */
const patienceMs = 3000

const send = (message: ProcessMessage) => process.send?.(message)

/** Joins this process's metrics with those of the others of its cluster, by way of the primary. */
export const gatherSnapshots = (metrics: Metrics): GatheredSnapshots => {
  if (!cluster.isWorker) {
    const startedAt = Date.now()
    const own = async () => [(await metrics.snapshot(startedAt)).metrics]
    return { snapshots: own, leave: async () => {} }
  }
  let lastId = 0
  const asked = new Map<number, (snapshots: readonly Snapshot[]) => void>()
  const reportOwn = async (id: number, endedFrom?: number) => {
    const own = await metrics.snapshot(endedFrom)
    const { endedUntil } = own
    send({ dsapi: 'report-snapshots', id, snapshots: [own.metrics], endedUntil })
  }
  process.on('message', (message) => {
    if (!isProcessMessage(message)) return
    if (message.dsapi === 'request-snapshot') void reportOwn(message.id, message.endedFrom)
    else asked.get(message.id)?.(message.snapshots)
  })
  return {
    snapshots: async () => {
      const id = ++lastId
      const { promise, resolve } = Promise.withResolvers<readonly Snapshot[] | undefined>()
      asked.set(id, resolve)
      const late = setTimeout(resolve, patienceMs, undefined)
      send({ dsapi: 'request-snapshot', id })
      const all = await promise
      clearTimeout(late)
      asked.delete(id)
      return all ?? [(await metrics.snapshot()).metrics]
    },
    leave: () => reportOwn(0),
  }
}
