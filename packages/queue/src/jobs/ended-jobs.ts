import { setImmediate } from 'node:timers/promises'
import { type Database, type EndedJobRow, listEndedJobs } from '@dsapi/db'

/** A job that has ended, and how long it took. */
export type EndedJob = {
  readonly kind: string
  readonly state: 'succeeded' | 'failed' | 'cancelled'
  /** From its making to the beginning of its last attempt; undefined when there was none. */
  readonly waitSeconds: number | undefined
  readonly runSeconds: number | undefined
}

/** Hosts' clocks may differ so much, and a commit take so long: what ended since then is told the next time. */
const settledAfterMs = 2000
const pageSize = 1000

/**
 * Makes a function that tells of each job of the whole database which has ended since it was asked last, the
 * first time from `since` on. It reads in small pages: a process that answers requests may ask.
 *
 * @returns until when it has told; who goes on from there leaves none out, and tells of none twice
 */
export const createEndedJobs = (
  db: Database,
  since: number,
): ((tell: (job: EndedJob) => void, now: number) => Promise<number>) => {
  let after = { finishedAt: since, id: '' }
  let told = since
  let turn: Promise<unknown> = Promise.resolve()

  const read = async (tell: (job: EndedJob) => void, until: number) => {
    for (;;) {
      const rows = await listEndedJobs(db, { after, until, limit: pageSize })
      for (const row of rows) tell(describe(row))
      const last = rows.at(-1)
      if (last !== undefined) after = { finishedAt: last.finished_at ?? until, id: last.id }
      if (rows.length < pageSize) break
      await setImmediate()
    }
    told = Math.max(told, until + 1)
    return told
  }
  return (tell, now) => {
    const mine = turn.catch(() => {}).then(() => read(tell, now - settledAfterMs))
    turn = mine
    return mine
  }
}

const describe = (row: EndedJobRow): EndedJob => {
  const { created_at: created, started_at: started, finished_at: finished } = row
  // A clock that was set back must not make a time that is less than none.
  const seconds = (from: number, to: number) => Math.max(0, to - from) / 1000
  return {
    kind: row.kind,
    state: row.state === 'failed' || row.state === 'cancelled' ? row.state : 'succeeded',
    waitSeconds: started === null ? undefined : seconds(created, started),
    runSeconds: started === null || finished === null ? undefined : seconds(started, finished),
  }
}
