import { type Database, every, type OnError } from '@dsapi/db'
import { createDayQuotas, type DayQuotas } from '../limits/day-quotas.ts'
import { createLastUses, type LastUses } from './last-uses.ts'

/** Counts the requests of keys, for daily quotas, and records when keys were last used. */
export type Usage = {
  readonly recordUse: LastUses['recordUse']
  readonly takeFromDay: DayQuotas['take']
  readonly hasLeftToday: DayQuotas['hasLeft']
  /** Writes what is not in the database yet. */
  readonly flush: () => Promise<void>
  readonly stop: () => Promise<void>
}

/** Together with the time for which a total is trusted (`day-count.ts`), this is a second. */
const flushCountsEveryMs = 400
const flushUsesEveryMs = 1000

/**
 * Starts counting. Writes the counts every 400 ms, and the last uses every second.
 *
 * @param options.onError is called with an error when something could not be written; it is written later
 */
export const trackUsage = (db: Database, options: { readonly onError: OnError }): Usage => {
  const quotas = createDayQuotas(db, options)
  const uses = createLastUses(db, options)
  const loops = [
    every(flushCountsEveryMs, quotas.flush, options.onError),
    every(flushUsesEveryMs, uses.flush, options.onError),
  ]
  const flush = async () => {
    await quotas.flush()
    await uses.flush()
  }
  return {
    recordUse: uses.recordUse,
    takeFromDay: quotas.take,
    hasLeftToday: quotas.hasLeft,
    flush,
    stop: async () => {
      await Promise.all(loops.map((loop) => loop.stop()))
      await flush()
    },
  }
}
