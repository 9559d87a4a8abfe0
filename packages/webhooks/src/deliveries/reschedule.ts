import { type Database, groupCommit, rescheduleDeliveries, tryAdvisoryLock } from '@dsapi/db'

/** Clocks of hosts may differ so much. */
const clocksDifferMs = 60_000

/** Makes deliveries due that wait for an instant which nobody meant, after a clock was set back. */
export const rescheduleAfterClock = (db: Database): Promise<void> =>
  groupCommit(db, async (transaction) => {
    if (!(await tryAdvisoryLock(transaction, 'tidy'))) return // Another process does it now.
    const now = Date.now()
    await rescheduleDeliveries(transaction, { scheduledAfter: now + clocksDifferMs, now })
  })
