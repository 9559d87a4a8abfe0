import { type Database, type DatabaseWatch, findQueuedJobs, watchDatabase } from '@dsapi/db'
import type { Dispatcher, OnError } from './dispatcher.ts'
import { every } from './every.ts'

/** How often an idle worker looks for jobs by itself: for those whose time has come. */
const lookMs = 250
/** And where the file system does not tell of changes. */
const lookUntoldMs = 25

/**
 * The dispatcher that needs nothing besides the database: whoever writes to it wakes the workers of
 * this machine, so there is nothing to announce and an idle worker does next to nothing.
 */
export const createDatabaseDispatcher = (db: Database, onError: OnError): Dispatcher => ({
  announce: () => {},
  close: async () => {},
  listen: (claims, concurrency) => {
    let running = 0
    let watched: DatabaseWatch | undefined

    const isAnyDue = async () => {
      // Reading is free; an attempt to claim takes the lock, and with it every other writer's time.
      const [due] = await findQueuedJobs(db, { dueBefore: Date.now(), limit: 1 })
      return due !== undefined
    }

    const fillFreeHands = async () => {
      while (running < concurrency && (await isAnyDue())) {
        const runs = await claims.next(concurrency - running)
        if (runs.length === 0) return
        for (const { done } of runs) {
          running++
          void done.then(() => {
            running--
            loop.wake()
          })
        }
      }
    }

    const loop = every(() => (watched?.works ? lookMs : lookUntoldMs), fillFreeHands, onError)
    const watching = watchDatabase(db, loop.wake).then((watch) => {
      watched = watch
    }, onError)
    return {
      stop: async () => {
        await loop.stop()
        await watching
        watched?.stop()
      },
    }
  },
})
