import { countQueuedJobs, type Database } from '@dsapi/db'

/** So many jobs wait already that another would only wait in vain. */
export class QueueFullError extends Error {
  override readonly name = 'QueueFullError'

  constructor(limit: number) {
    super(`${limit} jobs or more are waiting`)
  }
}

/** For how long a count is good; what this process takes meanwhile is counted exactly. */
const countForMs = 100

/**
 * Makes the function that takes a place in the queue. Waiting jobs are counted ten times a second, not
 * for each new one, so a long queue does not make it slower to queue up; what other processes take in
 * a tenth of a second may come on top of the limit.
 *
 * @throws QueueFullError when there is no place
 */
export const createQueueRoom = (db: Database, limit: number): (() => Promise<void>) => {
  let room = 0
  let counting: Promise<void> | undefined
  let countedAt = Number.NEGATIVE_INFINITY

  const count = async () => {
    const begun = performance.now()
    room = limit - (await countQueuedJobs(db, limit))
    countedAt = begun // Not before: a count that failed is none.
  }

  return async () => {
    if (performance.now() - countedAt > countForMs) {
      counting ??= count().finally(() => {
        counting = undefined
      })
    }
    await counting
    if (room <= 0) {
      countedAt = Number.NEGATIVE_INFINITY
      throw new QueueFullError(limit)
    }
    room--
  }
}
