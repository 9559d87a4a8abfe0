import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Database } from '../schema.ts'
import { DatabaseUnreachableError } from './errors.ts'

type Listeners = {
  readonly onUnreachable: (error: DatabaseUnreachableError) => void
  readonly onReconnected: (unreachableMs: number) => void
  /** Any other error. */
  readonly onError: (error: unknown) => void
}

const askEveryMs = 500

/**
 * Makes a function that receives all errors of a process's background work. It reports an unreachable database once, and
 * once more when the database answers again, however many tasks fail meanwhile.
 */
export const reportOutages = (db: Database, listeners: Listeners): ((error: unknown) => void) => {
  let isUnreachable = false
  const untilReconnected = async () => {
    const since = performance.now()
    while (isUnreachable) {
      await wait(askEveryMs, undefined, { ref: false })
      const answer = await sql`select 1`.execute(db).catch((error: unknown) => error)
      if (answer instanceof DatabaseUnreachableError) continue
      if (answer instanceof Error && !('code' in answer)) return // This process has closed the database.
      isUnreachable = false // A server that refuses something is reachable.
    }
    listeners.onReconnected(performance.now() - since)
  }
  return (error) => {
    if (!(error instanceof DatabaseUnreachableError)) listeners.onError(error)
    else if (!isUnreachable) {
      isUnreachable = true
      listeners.onUnreachable(error)
      void untilReconnected()
    }
  }
}
