/** A place in the queue, which one job may take. Only the first call to either function counts. */
export type QueuePlace = {
  /** The job is written: from now on it is counted in the database. */
  readonly fill: () => void
  /** There will be no job. */
  readonly giveBack: () => void
}

export type Places = {
  /** Takes a place; undefined when `limit` are taken. */
  readonly take: (limit: number) => Promise<QueuePlace | undefined>
}

/** How long a count is used. Places that this process takes meanwhile are counted exactly. */
const countForMs = 100

/**
 * Keeps count of places. Waiting jobs are counted ten times a second, not for each new one, so a long queue does not make it
 * slower to queue up.
 *
 * @param countWaiting counts the jobs that wait, no further than a limit
 */
export const createPlaces = (countWaiting: (limit: number) => Promise<number>): Places => {
  let waiting = 0
  /** Filled since the jobs were counted. */
  let filled = 0
  /** Taken, and neither filled nor returned. */
  let held = 0
  let counting: Promise<void> | undefined
  let countedAt = Number.NEGATIVE_INFINITY

  const count = async (limit: number) => {
    const begun = performance.now()
    const filledBefore = filled
    waiting = await countWaiting(limit)
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

  return {
    take: async (limit) => {
      if (performance.now() - countedAt > countForMs) {
        counting ??= count(limit).finally(() => {
          counting = undefined
        })
      }
      await counting
      if (waiting + filled + held < limit) return hold()
      countedAt = Number.NEGATIVE_INFINITY
      return undefined
    },
  }
}
