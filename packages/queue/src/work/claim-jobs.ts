import {
  claimJobsOf,
  type Database,
  every,
  groupCommit,
  type JobRow,
  type OnError,
} from '@dsapi/db'
import type { Dispatcher } from '../dispatch/dispatcher.ts'
import { createTurns } from './turns.ts'

type TakeOptions = {
  /** How many jobs are run at a time. */
  readonly concurrency: number
  /** Runs a claimed job. Resolves when only its outcome is left to be written, so that the next claim shares a commit with
   * that. */
  readonly run: (row: JobRow) => Promise<void>
  readonly onError: OnError
}

/** Claims jobs whenever some wait and slots are free, of one owner after another, until it is stopped. */
export const claimJobs = (
  db: Database,
  dispatcher: Dispatcher,
  { concurrency, run, onError }: TakeOptions,
): { readonly stop: () => Promise<void> } => {
  let isStopping = false
  let running = 0
  const turns = createTurns(db)
  const freeSlots = () => (isStopping ? 0 : concurrency - running)
  let wakeUp:
    | { readonly handled: Promise<void>; readonly resolve: () => void; isPassedOn: boolean }
    | undefined

  /** Claims for the slots that are free when the commit begins: they may be more than when it was requested. */
  const claim = async () => {
    let slots = 0
    const rows = await groupCommit(db, (transaction) => {
      slots = freeSlots()
      return claimJobsOf(transaction, { shares: turns.share(slots), now: Date.now() })
    })
    turns.pass(slots)
    if (rows.length < slots) turns.forget()
    return rows
  }

  const begin = (row: JobRow) => {
    running++
    void run(row).then(() => {
      running--
      loop.wake()
    })
  }

  const look = async () => {
    // A read is cheap. An attempt to claim takes the lock, for which all other writers wait.
    for (let empty = 0; empty < 2 && freeSlots() > 0 && (await turns.isAnyDue()); ) {
      const rows = await claim()
      for (const row of rows) begin(row)
      empty = rows.length === 0 ? empty + 1 : 0 // The second time, what is due is held by others.
    }
    handleWakeUp()
  }

  const handleWakeUp = () => {
    if (wakeUp === undefined) return
    if (freeSlots() > 0) {
      wakeUp.resolve()
      wakeUp = undefined
    } else if (!wakeUp.isPassedOn) {
      wakeUp.isPassedOn = true
      dispatcher.announce() // Other workers may have free slots.
    }
  }

  const onWake = () => {
    if (wakeUp === undefined) {
      const { promise, resolve } = Promise.withResolvers<void>()
      wakeUp = { handled: promise, resolve, isPassedOn: false }
    }
    turns.forget() // The new job may be of another owner.
    loop.wake()
    return wakeUp.handled
  }

  const loop = every(dispatcher.lookMs, look, onError)
  loop.wake() // For jobs that wait already.
  const listener = dispatcher.listen(onWake)
  return {
    stop: async () => {
      isStopping = true
      wakeUp?.resolve()
      await Promise.all([listener.stop(), loop.stop()])
    },
  }
}
