import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Database } from '../schema.ts'
import { DatabaseUnreachableError } from './errors.ts'

type Tell = {
  readonly onUnreachable: (error: DatabaseUnreachableError) => void
  readonly onReconnected: (unreachableMs: number) => void
  /** Any other error. */
  readonly onError: (error: unknown) => void
}

const askEveryMs = 500

/**
 * Makes a function that takes all errors of a process's background work and tells of a database that is away once,
 * and once more when it answers again, however many look for it in vain meanwhile.
 */
export const reportOutages = (db: Database, tell: Tell): ((error: unknown) => void) => {
  let isAway = false
  const untilBack = async () => {
    const since = performance.now()
    while (isAway) {
      await wait(askEveryMs, undefined, { ref: false })
      const answer = await sql`select 1`.execute(db).catch((error: unknown) => error)
      if (answer instanceof DatabaseUnreachableError) continue
      if (answer instanceof Error && !('code' in answer)) return // This process has let go of the database.
      isAway = false // Also a server that refuses something is there.
    }
    tell.onReconnected(performance.now() - since)
  }
  return (error) => {
    if (!(error instanceof DatabaseUnreachableError)) tell.onError(error)
    else if (!isAway) {
      isAway = true
      tell.onUnreachable(error)
      void untilBack()
    }
  }
}
