import { type Database, findQueuedJobs } from '@dsapi/db'
import type { Dispatcher, OnError } from './dispatcher.ts'
import { every } from './every.ts'

/** How often an idle worker looks for new rows; such a look is one step into an index. */
const pollMs = 25

/**
 * The dispatcher that needs nothing besides the database: workers look for waiting rows themselves,
 * so there is nothing to announce.
 */
export const createDatabaseDispatcher = (db: Database, onError: OnError): Dispatcher => ({
  announce: () => {},
  close: async () => {},
  listen: (look, concurrency) => {
    let running = 0
    const fillFreeHands = async () => {
      const limit = concurrency - running
      if (limit <= 0) return
      for (const { id } of await findQueuedJobs(db, { dueBefore: Date.now(), limit })) {
        const run = await look(id)
        if (run === undefined) continue
        running++
        void run.done.then(() => {
          running--
          loop.wake()
        })
      }
    }
    const loop = every(pollMs, fillFreeHands, onError)
    return loop
  },
})
