import {
  claimNextJobs,
  type Database,
  every,
  findQueuedJobs,
  groupCommit,
  type JobRow,
  type OnError,
} from '@dsapi/db'
import type { Dispatcher } from '../dispatch/dispatcher.ts'

type TakeOptions = {
  /** How many jobs are run at a time. */
  readonly concurrency: number
  /** Runs a claimed job. Resolves when only its outcome is left to be written, so that the next claim shares a commit with
   * that. */
  readonly run: (row: JobRow) => Promise<void>
  readonly onError: OnError
}

/** Claims jobs whenever some wait and slots are free, until it is stopped. */
export const claimJobs = (
  db: Database,
  dispatcher: Dispatcher,
  { concurrency, run, onError }: TakeOptions,
): { readonly stop: () => Promise<void> } => {
  let isStopping = false
  let running = 0
  const freeSlots = () => (isStopping ? 0 : concurrency - running)
  let wakeUp:
    | { readonly handled: Promise<void>; readonly resolve: () => void; isPassedOn: boolean }
    | undefined

  const isAnyDue = async () => {
    // A read is cheap. An attempt to claim takes the lock, for which all other writers wait.
    const [due] = await findQueuedJobs(db, { dueBefore: Date.now(), limit: 1 })
    return due !== undefined
  }

  const begin = (row: JobRow) => {
    running++
    void run(row).then(() => {
      running--
      loop.wake()
    })
  }

  const look = async () => {
    while (freeSlots() > 0 && (await isAnyDue())) {
      const rows = await groupCommit(db, (transaction) =>
        // Counted when the commit begins: more slots may be free than when it was requested.
        claimNextJobs(transaction, { now: Date.now(), limit: freeSlots() }),
      )
      if (rows.length === 0) break
      for (const row of rows) begin(row)
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
