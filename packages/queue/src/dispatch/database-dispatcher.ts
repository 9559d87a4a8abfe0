import {
  announceJobs,
  type Database,
  type DatabaseWatch,
  type OnError,
  oneAtATime,
  watchDatabase,
} from '@dsapi/db'
import type { Dispatcher } from './dispatcher.ts'

/** How often an idle worker looks by itself. */
const lookMs = 250
/** And where it is not told of changes. */
const lookUntoldMs = 25

/**
 * The dispatcher that needs nothing besides the database. Whoever writes to SQLite's file wakes the workers of this
 * machine; PostgreSQL passes announcements on to those of all machines.
 */
export const createDatabaseDispatcher = (db: Database, onError: OnError): Dispatcher => {
  let watched: DatabaseWatch | undefined
  return {
    announce: oneAtATime(() => announceJobs(db), onError),
    lookMs: () => (watched?.works() ? lookMs : lookUntoldMs),
    listen: (heard) => {
      const watching = watchDatabase(db, () => void heard()).then((watch) => {
        watched = watch
      }, onError)
      return {
        stop: async () => {
          await watching
          watched?.stop()
        },
      }
    },
    redis: () => 'unused',
    close: async () => {},
  }
}
