import cluster, { type Worker } from 'node:cluster'
import { isProcessMessage, type ProcessMessage } from './process-messages.ts'
import { countsOf, type Snapshot } from './snapshot.ts'

/** For a process that does not report its metrics in this time, its last report is used. */
const patienceMs = 1000

/**
 * Lets the primary process of a cluster gather the metrics of all processes for the process that was asked. The counts
 * of processes that have ended are kept, so that no sum ever decreases.
 */
export const relaySnapshots = (): void => {
  const latest = new Map<number, Snapshot>()
  let endedUntil = Date.now()
  let ended: Snapshot = []
  let lastId = 0
  const asked = new Map<number, { readonly waiting: Set<number>; readonly done: () => void }>()

  const send = (worker: Worker, message: ProcessMessage) => {
    if (worker.isConnected()) worker.send(message)
  }
  const others = () => Object.values(cluster.workers ?? {}).filter((worker) => worker !== undefined)

  const gather = async (asker: Worker, askersId: number) => {
    const id = ++lastId
    const { promise, resolve: done } = Promise.withResolvers<void>()
    const workers = others()
    asked.set(id, { waiting: new Set(workers.map((worker) => worker.id)), done })
    const late = setTimeout(done, patienceMs)
    // The oldest process counts the jobs that end, from the time at which its predecessor stopped.
    const [leader] = workers.toSorted((a, b) => a.id - b.id)
    for (const worker of workers) {
      const endedFrom = worker === leader ? endedUntil : undefined
      send(worker, { dsapi: 'request-snapshot', id, endedFrom })
    }
    await promise
    clearTimeout(late)
    asked.delete(id)
    // The oldest first: metrics of the whole database are taken from the first snapshot.
    const living = [...latest].toSorted(([a], [b]) => a - b).map(([, snapshot]) => snapshot)
    send(asker, { dsapi: 'report-snapshots', id: askersId, snapshots: [...living, ended] })
  }

  const arrive = (workerId: number, id: number) => {
    const { waiting, done } = asked.get(id) ?? {}
    waiting?.delete(workerId)
    if (waiting?.size === 0) done?.()
  }

  cluster.on('message', (worker, message: unknown) => {
    if (!isProcessMessage(message)) return
    if (message.dsapi === 'request-snapshot') void gather(worker, message.id)
    else {
      latest.set(worker.id, message.snapshots[0])
      endedUntil = Math.max(endedUntil, message.endedUntil ?? 0)
      arrive(worker.id, message.id)
    }
  })
  // Not at its exit: messages that it has sent may arrive after that.
  cluster.on('disconnect', async ({ id }) => {
    for (const asking of asked.keys()) arrive(id, asking)
    const last = latest.get(id)
    if (last === undefined) return
    latest.delete(id)
    ended = await countsOf([ended, last])
  })
}
