import {
  type Database,
  deleteOldDeliveries,
  groupCommit,
  rescheduleDeliveries,
  tryAdvisoryLock,
} from '@dsapi/db'

/** Clocks of hosts may differ so much. */
const clocksDifferMs = 60_000
/** How many are deleted in one commit, so that other writers do not wait for long. */
const sliceLimit = 500
const mostSlices = 20

/** Makes deliveries due after a clock was set back, and deletes those that are too old. */
export const tidyDeliveries = async (db: Database, keepMs: number): Promise<void> => {
  for (let slices = 0; slices < mostSlices; slices++) {
    const isMore = await groupCommit(db, async (transaction) => {
      if (!(await tryAdvisoryLock(transaction, 'tidy'))) return false // Another process does it now.
      const now = Date.now()
      await rescheduleDeliveries(transaction, { scheduledAfter: now + clocksDifferMs, now })
      return deleteOldDeliveries(transaction, { finishedBefore: now - keepMs, limit: sliceLimit })
    })
    if (!isMore) return
  }
}
