import { type FSWatcher, watch } from 'node:fs'
import { sql } from 'kysely'
import type { DatabaseWatch } from '../connection/database-watch.ts'
import type { Database } from '../schema.ts'

/** The log grows before the commit is visible, so each notification is repeated. */
const echoesMs = [1, 4, 16, 64]

/** Notifies when any process has written to the file. It costs nothing in between, because the operating system reports
 * when the write-ahead log grows. */
export const watchFile = async (db: Database, onChange: () => void): Promise<DatabaseWatch> => {
  const { rows } = await sql<{ file: string }>`pragma database_list`.execute(db)
  const sound = withEchoes(onChange)
  let watcher: FSWatcher | undefined
  try {
    watcher = watch(`${rows[0].file}-wal`, { persistent: false }, sound.now)
    watcher.on('error', () => watcher?.close())
  } catch {
    // There is no log yet, or no such service here. The caller has to poll.
  }
  return {
    works: () => watcher !== undefined,
    stop: () => {
      watcher?.close()
      sound.stop()
    },
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
