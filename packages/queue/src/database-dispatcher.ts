import { type Database, findDataVersion, findQueuedJobs } from '@dsapi/db'
import type { Dispatcher, OnError } from './dispatcher.ts'
import { every } from './every.ts'

/** How often an idle worker asks whether anything has changed. */
const pollMs = 25
/** How often it looks for jobs though nothing has: for those whose time has come. */
const lookMs = 500

/**
 * The dispatcher that needs nothing besides the database: workers look for waiting rows themselves,
 * so there is nothing to announce.
 */
export const createDatabaseDispatcher = (db: Database, onError: OnError): Dispatcher => ({
  announce: () => {},
  close: async () => {},
  listen: (look, concurrency) => {
    let running = 0
    let seenVersion: number | undefined
    let lookAt = 0

    const isWorthALook = async () => {
      const version = await findDataVersion(db)
      const now = Date.now()
      if (version === seenVersion && now < lookAt) return false
      seenVersion = version
      lookAt = now + lookMs
      return true
    }

    const fillFreeHands = async () => {
      const limit = concurrency - running
      if (limit <= 0 || !(await isWorthALook())) return
      for (const { id } of await findQueuedJobs(db, { dueBefore: Date.now(), limit })) {
        const run = await look(id)
        if (run === undefined) continue
        running++
        void run.done.then(() => {
          running--
          lookAt = 0
          loop.wake()
        })
      }
    }

    const loop = every(pollMs, fillFreeHands, onError)
    return loop
  },
})
