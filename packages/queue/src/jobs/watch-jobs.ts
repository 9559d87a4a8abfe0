import { type Database, every, findJobs, type Loop, type OnError } from '@dsapi/db'
import { fromRow, type Job, type JobId } from './job.ts'

/** Reports their jobs to any number of watchers, with one query for all of them. */
export type JobWatch = {
  /** Calls back with the job at each look; undefined when it is gone.
   * @returns ends the watching */
  readonly watch: (id: JobId, onLook: (job: Job | undefined) => void) => () => void
  readonly stop: () => Promise<void>
}

const mostIdsAtOnce = 500

/**
 * @param options.everyMs the database is read no more often than this, and never while there is no
 *   watcher
 */
export const watchJobs = (
  db: Database,
  { everyMs, onError }: { readonly everyMs: number; readonly onError: OnError },
): JobWatch => {
  const watchers = new Map<JobId, Set<(job: Job | undefined) => void>>()

  const look = async () => {
    const ids = [...watchers.keys()]
    for (let start = 0; start < ids.length; start += mostIdsAtOnce) {
      const some = ids.slice(start, start + mostIdsAtOnce)
      const rows = await findJobs(db, some)
      const jobs = new Map(rows.map((row) => [row.id, fromRow(row)]))
      for (const id of some) for (const report of watchers.get(id) ?? []) report(jobs.get(id))
    }
  }

  let loop: Loop | undefined
  return {
    watch: (id, onLook) => {
      const known = watchers.get(id) ?? new Set()
      watchers.set(id, known.add(onLook))
      loop ??= every(everyMs, look, onError)
      return () => {
        known.delete(onLook)
        if (known.size === 0 && watchers.get(id) === known) watchers.delete(id)
        if (watchers.size > 0) return
        void loop?.stop()
        loop = undefined
      }
    },
    stop: async () => {
      await loop?.stop()
    },
  }
}
