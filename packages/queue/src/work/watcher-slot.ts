import { randomUUID } from 'node:crypto'
import {
  type Database,
  groupCommit,
  isAnyJobRunning,
  leaveWatcher,
  listWatchers,
  renewWatcher,
  takeWatcher,
  type WatcherRow,
} from '@dsapi/db'

/** The place of this process among the few that watch the claims of all workers. */
export type WatcherSlot = {
  /** Whether this process watches now. It takes a place that is free, or whose holder has fallen silent. */
  readonly isHeld: () => Promise<boolean>
  /** Shows that this process is alive. Without claims to watch, it need not be called. */
  readonly renew: () => Promise<void>
  readonly leave: () => Promise<void>
}

type Seen = { readonly row: WatcherRow; readonly since: number }

/**
 * Makes it. All workers would read all claims otherwise, which grows with the square of the workers. There are a few places
 * and not one, so that others are already watching when a watcher is lost.
 *
 * @param leaseMs without a heartbeat for this long, a holder is lost, by the monotonic clock of this process
 */
export const createWatcherSlot = (db: Database, leaseMs: number): WatcherSlot => {
  const holder = randomUUID()
  let held: number | undefined
  let seen = new Map<number, Seen>()
  let lookAt = 0

  /** The places that are free, and those whose holder has been silent for a lease. */
  const findLost = async (): Promise<readonly WatcherRow[]> => {
    const now = performance.now()
    const before = seen
    seen = new Map()
    for (const row of await listWatchers(db)) {
      const known = before.get(row.slot)
      const isSame = known?.row.holder === row.holder && known.row.beat === row.beat
      seen.set(row.slot, isSame ? known : { row, since: now })
    }
    return [...seen.values()]
      .filter(({ row, since }) => row.holder === '' || now - since > leaseMs)
      .map(({ row }) => row)
  }

  const look = async () => {
    if (performance.now() < lookAt) return
    lookAt = performance.now() + leaseMs / 4
    if (!(await isAnyJobRunning(db))) {
      seen = new Map() // Nobody writes heartbeats while there is nothing to watch.
      return
    }
    for (const row of await findLost()) {
      if (row.slot === held) continue
      // A watcher frees the place of one that is lost, for a process that starts.
      const next = held === undefined ? holder : ''
      if (row.holder === next) continue
      const isTaken = await groupCommit(db, (transaction) => takeWatcher(transaction, row, next))
      if (isTaken && next === holder) held = row.slot
    }
  }

  return {
    isHeld: async () => {
      await look()
      return held !== undefined
    },
    renew: async () => {
      const slot = held
      if (slot === undefined) return
      const isStillHeld = await groupCommit(db, (transaction) =>
        renewWatcher(transaction, { slot, holder }),
      )
      if (!isStillHeld) held = undefined
    },
    leave: async () => {
      const slot = held
      held = undefined
      if (slot === undefined) return
      await groupCommit(db, (transaction) => leaveWatcher(transaction, { slot, holder }))
    },
  }
}
