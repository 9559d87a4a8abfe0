import {
  claimDeliveries,
  type Database,
  every,
  groupCommit,
  hasDueDeliveries,
  type OnError,
  type WebhookDeliveryRow,
} from '@dsapi/db'
import { type AllowedHosts, readAllowedHosts } from '../addresses/allowed-hosts.ts'
import { type DeliverOptions, deliver } from './deliver.ts'
import { rescheduleAfterClock } from './reschedule.ts'

export type DeliveriesOptions = Pick<DeliverOptions, 'onAttempt'> & {
  /** Hosts inside the network to which webhooks may be sent. */
  readonly allowedHosts: readonly string[]
  readonly onError: OnError
}

export type Deliveries = {
  /** Claims no more, and waits for what is being sent, at most for `graceMs`. */
  readonly stop: (graceMs: number) => Promise<void>
}

const lookMs = 1000
const rescheduleMs = 10_000
/** How long an attempt may take. */
const timeoutMs = 15_000
/** How long a claim lasts: longer than any attempt. If the process dies meanwhile, the next attempt is then. */
const claimMs = 30_000
/** How many are sent at a time. */
const concurrency = 32
/** From how many on an owner's are left out of the next claim, and how many a claim takes: servers of one owner that do
 * not answer hold up fewer than half of the others. */
const mostOfOwner = 8

/** Sends the webhooks that are due, until it is stopped. Any number of processes may do so with one database. */
export const startDeliveries = (db: Database, options: DeliveriesOptions): Deliveries => {
  const allowed: AllowedHosts = readAllowedHosts(options.allowedHosts)
  const ending = new AbortController()
  const running = new Map<Promise<void>, string>()
  let isStopping = false

  const begin = (row: WebhookDeliveryRow) => {
    const { onAttempt } = options
    const sent = deliver(db, row, { allowed, timeoutMs, signal: ending.signal, onAttempt })
      .catch(options.onError)
      .finally(() => {
        running.delete(sent)
        if (!isStopping) loop.wake()
      })
    running.set(sent, row.owner_id)
  }

  const look = async () => {
    while (!isStopping && running.size < concurrency) {
      const busyOwners = ownersWith(running.values(), mostOfOwner)
      // A read is cheap. A claim takes SQLite's lock, for which all other writers wait.
      if (!(await hasDueDeliveries(db, { now: Date.now(), busyOwners }))) return
      const limit = Math.min(mostOfOwner, concurrency - running.size)
      const rows = await groupCommit(db, (transaction) => {
        const now = Date.now()
        return claimDeliveries(transaction, { now, until: now + claimMs, limit, busyOwners })
      })
      if (rows.length === 0) return
      for (const row of rows) begin(row)
    }
  }

  const loop = every(lookMs, look, options.onError)
  loop.wake() // For deliveries that wait already.
  const rescheduling = every(rescheduleMs, () => rescheduleAfterClock(db), options.onError)
  return {
    stop: async (graceMs) => {
      isStopping = true
      const timer = setTimeout(() => ending.abort(), graceMs)
      await Promise.all([loop.stop(), rescheduling.stop()])
      await Promise.all(running.keys())
      clearTimeout(timer)
    },
  }
}

/** The owners that occur so often or more often. */
const ownersWith = (owners: Iterable<string>, least: number): readonly string[] => {
  const counts = new Map<string, number>()
  for (const owner of owners) counts.set(owner, (counts.get(owner) ?? 0) + 1)
  return [...counts].filter(([, count]) => count >= least).map(([owner]) => owner)
}
