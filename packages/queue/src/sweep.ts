import {
  type Database,
  deleteFinishedJobs,
  failLapsedJobs,
  findQueuedJobs,
  requeueLapsedJobs,
} from '@dsapi/db'
import type { Dispatcher } from './dispatcher.ts'

type SweepOptions = {
  readonly maxAttempts: number
  /** How long a finished job is kept. */
  readonly keepMs: number
}

const workerLost = 'The worker stopped each time it tried to compute this.'

/** A job that has waited this long may have been announced to nobody. */
const unheardMs = 1000
const announcedAtOnce = 1000
const deletedAtOnce = 1000

/**
 * Sets right what a lost worker, a lost announcement or time has left behind. Every worker does it,
 * and it does no harm twice: each step is one statement that asks for the state it expects.
 */
export const sweep = async (
  db: Database,
  dispatcher: Dispatcher,
  { maxAttempts, keepMs }: SweepOptions,
): Promise<void> => {
  const now = Date.now()
  await failLapsedJobs(db, { now, maxAttempts, error: workerLost })
  const requeued = await requeueLapsedJobs(db, { now, maxAttempts })
  const unheard = await findQueuedJobs(db, { dueBefore: now - unheardMs, limit: announcedAtOnce })
  for (const job of [...requeued, ...unheard]) dispatcher.announce(job)
  await deleteFinishedJobs(db, { finishedBefore: now - keepMs, limit: deletedAtOnce })
}
