import { setImmediate } from 'node:timers/promises'
import { type Database, type EndedJobRow, listEndedJobs } from '@dsapi/db'

/** A job that has ended, and how long it took. */
export type EndedJob = {
  readonly kind: string
  readonly state: 'succeeded' | 'failed' | 'cancelled'
  /** From its submission to the beginning of its last attempt; undefined when there was none. */
  readonly waitSeconds: number | undefined
  readonly runSeconds: number | undefined
}

/** Hosts' clocks may differ so much, and a commit take so long. Jobs that ended since then are reported the next time. */
const settledAfterMs = 2000
const pageSize = 1000

/**
 * Makes a function that reports each job of the whole database which has ended since the last call, the first time from
 * `since` on. It reads in small pages, so that a process which answers requests may call it.
 *
 * @returns until when jobs are reported: another process that goes on from there leaves none out and repeats none
 */
export const createEndedJobs = (
  db: Database,
  since: number,
): ((report: (job: EndedJob) => void, now: number) => Promise<number>) => {
  let after = { finishedAt: since, id: '' }
  let reportedUntil = since
  let last: Promise<unknown> = Promise.resolve()

  const read = async (report: (job: EndedJob) => void, until: number) => {
    for (;;) {
      const rows = await listEndedJobs(db, { after, until, limit: pageSize })
      for (const row of rows) report(describe(row))
      const last = rows.at(-1)
      if (last !== undefined) after = { finishedAt: last.finished_at ?? until, id: last.id }
      if (rows.length < pageSize) break
      await setImmediate()
    }
    reportedUntil = Math.max(reportedUntil, until + 1)
    return reportedUntil
  }
  return (report, now) => {
    const next = last.catch(() => {}).then(() => read(report, now - settledAfterMs))
    last = next
    return next
  }
}

const describe = (row: EndedJobRow): EndedJob => {
  const { created_at: created, started_at: started, finished_at: finished } = row
  // A clock that was set back must not make a negative time.
  const seconds = (from: number, to: number) => Math.max(0, to - from) / 1000
  return {
    kind: row.kind,
    state: row.state === 'failed' || row.state === 'cancelled' ? row.state : 'succeeded',
    waitSeconds: started === null ? undefined : seconds(created, started),
    runSeconds: started === null || finished === null ? undefined : seconds(started, finished),
  }
}
