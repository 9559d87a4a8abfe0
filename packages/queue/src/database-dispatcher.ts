import { type Database, type DatabaseWatch, watchDatabase } from '@dsapi/db'
import type { Dispatcher, OnError } from './dispatcher.ts'

/** How often an idle worker looks by itself. */
const lookMs = 250
/** And where the file system does not tell of changes. */
const lookUntoldMs = 25
/** The log grows before the commit is on disk and to be seen, so what was told once is told again. */
const echoesMs = [1, 4, 16, 64]

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
      const sound = withEchoes(() => void heard())
      const watching = watchDatabase(db, sound.now).then((watch) => {
        watched = watch
      }, onError)
      return {
        stop: async () => {
          await watching
          watched?.stop()
          sound.stop()
        },
      }
    },
    redis: () => 'unused',
    close: async () => {},
  }
}

const withEchoes = (sound: () => void) => {
  let next = 0
  let timer: NodeJS.Timeout | undefined
  const wait = () => {
    timer = next < echoesMs.length ? setTimeout(echo, echoesMs[next++]) : undefined
  }
  const echo = () => {
    sound()
    wait()
  }
  return {
    now: () => {
      sound()
      clearTimeout(timer)
      next = 0
      wait()
    },
    stop: () => clearTimeout(timer),
  }
}
