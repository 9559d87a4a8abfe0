import { type Database, type DatabaseWatch, watchDatabase } from '@dsapi/db'
import type { Dispatcher, OnError } from './dispatcher.ts'

/** How often an idle worker looks by itself. */
const lookMs = 250
/** And where the file system does not tell of changes. */
const lookUntoldMs = 25

/**
 * The dispatcher that needs nothing besides the database: whoever writes to it wakes the workers of
 * this machine, so there is nothing to announce and an idle worker does next to nothing.
 */
export const createDatabaseDispatcher = (db: Database, onError: OnError): Dispatcher => {
  let watched: DatabaseWatch | undefined
  return {
    announce: () => {},
    lookMs: () => (watched?.works ? lookMs : lookUntoldMs),
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
    close: async () => {},
  }
}
