import { type FSWatcher, watch } from 'node:fs'
import { sql } from 'kysely'
import type { DatabaseWatch } from '../connection/database-watch.ts'
import type { Database } from '../schema.ts'

/** The log grows before the commit is on disk and can be read, so each report is repeated. */
const repeatAfterMs = [1, 4, 16, 64]

/** Reports whenever any process has written to the file. It costs nothing meanwhile, because the operating system
 * notifies of a write-ahead log that grows. */
export const watchFile = async (db: Database, onChange: () => void): Promise<DatabaseWatch> => {
  const { rows } = await sql<{ file: string }>`pragma database_list`.execute(db)
  const report = repeated(onChange)
  let watcher: FSWatcher | undefined
  try {
    watcher = watch(`${rows[0].file}-wal`, { persistent: false }, report.now)
    watcher.on('error', () => watcher?.close())
  } catch {
    // There is no log yet, or no such service here. Those that wait have to poll.
  }
  return {
    works: () => watcher !== undefined,
    stop: () => {
      watcher?.close()
      report.stop()
    },
  }
}

const repeated = (report: () => void) => {
  let next = 0
  let timer: NodeJS.Timeout | undefined
  const wait = () => {
    timer = next < repeatAfterMs.length ? setTimeout(repeat, repeatAfterMs[next++]) : undefined
  }
  const repeat = () => {
    report()
    wait()
  }
  return {
    now: () => {
      report()
      clearTimeout(timer)
      next = 0
      wait()
    },
    stop: () => clearTimeout(timer),
  }
}
