import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'kysely'
import type { OnError } from '../background/on-error.ts'
import type { Database } from '../schema.ts'
import { DatabaseUnreachableError } from './errors.ts'

type Reports = {
  readonly onUnreachable: (error: DatabaseUnreachableError) => void
  readonly onReconnected: (unreachableMs: number) => void
  /** Any other error. */
  readonly onError: OnError
}

const askEveryMs = 500

/**
 * Makes a function that takes all errors of a process's background work. It reports an unreachable database once, and once
 * more when the database answers again, however many tasks fail meanwhile.
 */
export const reportOutages = (db: Database, reports: Reports): OnError => {
  let isUnreachable = false
  const awaitAnswer = async () => {
    const since = performance.now()
    while (isUnreachable) {
      await wait(askEveryMs, undefined, { ref: false })
      const answer = await sql`select 1`.execute(db).catch((error: unknown) => error)
      if (answer instanceof DatabaseUnreachableError) continue
      if (answer instanceof Error && !('code' in answer)) return // This process has closed the database.
      isUnreachable = false // A server that refuses something is reachable too.
    }
    reports.onReconnected(performance.now() - since)
  }
  return (error) => {
    if (!(error instanceof DatabaseUnreachableError)) reports.onError(error)
    else if (!isUnreachable) {
      isUnreachable = true
      reports.onUnreachable(error)
      void awaitAnswer()
    }
  }
}
