import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'kysely'
import { DatabaseAwayError } from './errors.ts'
import type { Database } from './schema.ts'

type Tell = {
  readonly onAway: (error: DatabaseAwayError) => void
  readonly onBack: (awayMs: number) => void
  /** Any other error. */
  readonly onError: (error: unknown) => void
}

const askEveryMs = 500

/**
 * Makes a function that takes all errors of a process's background work and tells of a database that is away once,
 * and once more when it answers again, however many look for it in vain meanwhile.
 */
export const quietWhileAway = (db: Database, tell: Tell): ((error: unknown) => void) => {
  let isAway = false
  const untilBack = async () => {
    const since = performance.now()
    while (isAway) {
      await wait(askEveryMs, undefined, { ref: false })
      const answer = await sql`select 1`.execute(db).catch((error: unknown) => error)
      if (answer instanceof DatabaseAwayError) continue
      if (answer instanceof Error && !('code' in answer)) return // This process has let go of the database.
      isAway = false // Also a server that refuses something is there.
    }
    tell.onBack(performance.now() - since)
  }
  return (error) => {
    if (!(error instanceof DatabaseAwayError)) tell.onError(error)
    else if (!isAway) {
      isAway = true
      tell.onAway(error)
      void untilBack()
    }
  }
}
