import {
  announceJobs,
  type Database,
  type DatabaseWatch,
  type OnError,
  oneAtATime,
  watchDatabase,
} from '@dsapi/db'
import type { Dispatcher } from './dispatcher.ts'

/** How often an idle worker polls. */
const lookMs = 250
/** And where it is not notified of changes. */
const lookUnnotifiedMs = 25

/**
 * The dispatcher that needs nothing besides the database. A process that writes to SQLite's file wakes the workers of this
 * machine. PostgreSQL passes announcements on to the workers of all machines.
 */
export const createDatabaseDispatcher = (db: Database, onError: OnError): Dispatcher => {
  let watched: DatabaseWatch | undefined
  return {
    announce: oneAtATime(() => announceJobs(db), onError),
    lookMs: () => (watched?.works() ? lookMs : lookUnnotifiedMs),
    listen: (onWake) => {
      const watching = watchDatabase(db, () => void onWake()).then((watch) => {
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
