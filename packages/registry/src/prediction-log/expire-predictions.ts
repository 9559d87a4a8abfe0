import { setTimeout } from 'node:timers/promises'
import {
  type Database,
  deleteOldPredictions,
  every,
  groupCommit,
  type OnError,
  tryAdvisoryLock,
} from '@dsapi/db'

const everyMs = 60_000
/** How many are deleted in one commit, and the pause after it, so that nobody waits for it for long. */
const rowsAtOnce = 500
const pauseMs = 10

type ExpireOptions = {
  /** How long a prediction is kept. */
  readonly keepMs: number
  readonly onError: OnError
}

/**
 * Deletes logged predictions after their time, now and each minute; also where the log has been switched off
 * since. Gives what ends it.
 */
export const expirePredictions = (
  db: Database,
  { keepMs, onError }: ExpireOptions,
): (() => Promise<void>) => {
  let isStopped = false
  const deleteSome = () =>
    groupCommit(db, async (transaction) => {
      if (!(await tryAdvisoryLock(transaction, 'tidy'))) return false // Another process is at it.
      return deleteOldPredictions(transaction, { before: Date.now() - keepMs, limit: rowsAtOnce })
    })
  const expire = async () => {
    while (!isStopped && (await deleteSome())) await setTimeout(pauseMs)
  }
  const loop = every(everyMs, expire, onError)
  loop.wake()
  return () => {
    isStopped = true
    return loop.stop()
  }
}
