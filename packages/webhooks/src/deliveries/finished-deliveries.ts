import { type Database, listFinishedDeliveries } from '@dsapi/db'

/** Hosts' clocks may differ so much, and a commit take so long. */
const settledAfterMs = 2000
const pageSize = 1000

/**
 * Makes a function that reports the state of each delivery of the whole database which was finished since the last call,
 * the first time from `since` on.
 */
export const createFinishedDeliveries = (
  db: Database,
  since: number,
): ((report: (state: string) => void, now: number) => Promise<void>) => {
  let after = { finishedAt: since, id: '' }
  let last: Promise<unknown> = Promise.resolve()

  const read = async (report: (state: string) => void, until: number) => {
    for (;;) {
      const rows = await listFinishedDeliveries(db, { after, until, limit: pageSize })
      for (const { state } of rows) report(state)
      const newest = rows.at(-1)
      if (newest !== undefined) after = { finishedAt: newest.finished_at ?? until, id: newest.id }
      if (rows.length < pageSize) return
    }
  }
  return (report, now) => {
    const next = last.catch(() => {}).then(() => read(report, now - settledAfterMs))
    last = next
    return next
  }
}
