import cluster from 'node:cluster'
import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'

/** A primary that does not answer within this time hands over no connection either. */
const patienceMs = 2000

/**
 * Closes the channel to the primary once the primary knows that this process accepts no more connections. A connection
 * that it has handed over meanwhile is returned to it; otherwise the connection would be lost with the process. Does
 * nothing in a process that is not part of a cluster.
 */
export const leaveCluster = async (): Promise<void> => {
  if (!cluster.worker?.isConnected()) return
  const left = once(process, 'disconnect')
  cluster.worker.disconnect()
  await Promise.race([left, wait(patienceMs, undefined, { ref: false })])
}
