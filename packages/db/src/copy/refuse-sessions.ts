import { setTimeout } from 'node:timers/promises'
import { sql } from 'kysely'
import { applicationNames } from '../postgres/application-names.ts'
import type { Database } from '../schema.ts'
import { CopyError } from './copy-error.ts'

/** A connection that was closed is listed for a moment longer. */
const patienceMs = 500
const pauseMs = 50

/**
 * Looks whether a server or a worker has the target open. `openDatabase` keeps new ones from an unfinished copy; those
 * that have opened it before would write on.
 *
 * @throws CopyError `target_in_use` when one has
 */
export const refuseSessions = async (target: Database): Promise<void> => {
  const deadline = performance.now() + patienceMs
  for (;;) {
    const count = await countSessions(target)
    if (count === 0) return
    if (performance.now() > deadline) {
      throw new CopyError(
        'target_in_use',
        `A server, a worker or another command of dsapi has it open (${count} connections). Nothing was changed: stop it, then copy again.`,
      )
    }
    await setTimeout(pauseMs)
  }
}

const countSessions = async (target: Database) => {
  await sql`select pg_stat_clear_snapshot()`.execute(target) // Else a transaction sees the same each time.
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from pg_stat_activity
    where datname = current_database() and application_name = ${applicationNames.others}`.execute(
    target,
  )
  return rows[0].count
}
