import cluster from 'node:cluster'
import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'

/** A primary that does not answer in this time has nothing to hand over either. */
const patienceMs = 2000

/**
 * Ends the channel to the primary once the primary knows that this process accepts no more connections. One that
 * it has handed over meanwhile goes back to it; without this, it would be lost with the process, and its client
 * would wait in vain. Nothing happens in a process that is not part of a cluster.
 */
export const leaveCluster = async (): Promise<void> => {
  if (!cluster.worker?.isConnected()) return
  const left = once(process, 'disconnect')
  cluster.worker.disconnect()
  await Promise.race([left, wait(patienceMs, undefined, { ref: false })])
}
