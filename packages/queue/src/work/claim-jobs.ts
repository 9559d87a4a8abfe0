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
  /** Runs a claimed job. Resolves when there is nothing left but to write down what came of it, so that
   * the next claim can go to disk together with that. */
  readonly run: (row: JobRow) => Promise<void>
  readonly onError: OnError
}

/** Claims jobs whenever some wait and there are free hands, until it is stopped. */
export const claimJobs = (
  db: Database,
  dispatcher: Dispatcher,
  { concurrency, run, onError }: TakeOptions,
): { readonly stop: () => Promise<void> } => {
  let isStopping = false
  let running = 0
  const freeHands = () => (isStopping ? 0 : concurrency - running)
  let ring:
    | { readonly answered: Promise<void>; answer: () => void; isPassedOn: boolean }
    | undefined

  const isAnyDue = async () => {
    // Reading is free; an attempt to claim takes the lock, and with it every other writer's time.
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
    while (freeHands() > 0 && (await isAnyDue())) {
      const rows = await groupCommit(db, (transaction) =>
        // How many hands are free is asked when the commit comes to it: more than when it was wished for.
        claimNextJobs(transaction, { now: Date.now(), limit: freeHands() }),
      )
      if (rows.length === 0) break
      for (const row of rows) begin(row)
    }
    answerRing()
  }

  const answerRing = () => {
    if (ring === undefined) return
    if (freeHands() > 0) {
      ring.answer()
      ring = undefined
    } else if (!ring.isPassedOn) {
      ring.isPassedOn = true
      dispatcher.announce() // Others may have free hands.
    }
  }

  const heard = () => {
    if (ring === undefined) {
      const { promise, resolve } = Promise.withResolvers<void>()
      ring = { answered: promise, answer: resolve, isPassedOn: false }
    }
    loop.wake()
    return ring.answered
  }

  const loop = every(dispatcher.lookMs, look, onError)
  loop.wake() // For those that wait already.
  const listener = dispatcher.listen(heard)
  return {
    stop: async () => {
      isStopping = true
      ring?.answer()
      await Promise.all([listener.stop(), loop.stop()])
    },
  }
}
