import { countQueuedJobs, type Database } from '@dsapi/db'

/** As many jobs wait as the queue may hold. */
export class QueueFullError extends Error {
  override readonly name = 'QueueFullError'

  constructor(limit: number) {
    super(`${limit} jobs or more are waiting`)
  }
}

/** A place in the queue, which one job may take. Only the first call to either function counts. */
export type QueuePlace = {
  /** The job is written: from now on it is counted in the database. */
  readonly fill: () => void
  /** There will be no job. */
  readonly giveBack: () => void
}

/** How long a count is used. Places that this process takes meanwhile are counted exactly. */
const countForMs = 100

/**
 * Makes the function that takes a place in the queue. Waiting jobs are counted ten times a second, not
 * for each new one, so a long queue does not make it slower to queue up; what other processes take in
 * a tenth of a second, or hold for batches that still arrive, may come on top of the limit.
 *
 * @throws QueueFullError when there is no place
 */
export const createQueueLimit = (db: Database, limit: number): (() => Promise<QueuePlace>) => {
  let waiting = 0
  /** Filled since the jobs were counted. */
  let filled = 0
  /** Taken, and neither filled nor returned. */
  let held = 0
  let counting: Promise<void> | undefined
  let countedAt = Number.NEGATIVE_INFINITY

  const count = async () => {
    const begun = performance.now()
    const filledBefore = filled
    waiting = await countQueuedJobs(db, limit)
    filled -= filledBefore
    countedAt = begun // Not before: a count that failed is none.
  }

  const hold = (): QueuePlace => {
    held++
    let isHeld = true
    const end = (jobs: number) => {
      if (!isHeld) return
      isHeld = false
      held--
      filled += jobs
    }
    return { fill: () => end(1), giveBack: () => end(0) }
  }

  return async () => {
    if (performance.now() - countedAt > countForMs) {
      counting ??= count().finally(() => {
        counting = undefined
      })
    }
    await counting
    if (waiting + filled + held >= limit) {
      countedAt = Number.NEGATIVE_INFINITY
      throw new QueueFullError(limit)
    }
    return hold()
  }
}
