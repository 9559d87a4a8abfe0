import type { Selectable } from 'kysely'
import type { ConsoleSessionsTable, Database, Instant } from '../schema.ts'

export type ConsoleSessionRow = Selectable<ConsoleSessionsTable>

export const insertConsoleSession = async (db: Database, row: ConsoleSessionRow): Promise<void> => {
  await db.insertInto('console_sessions').values(row).execute()
}

/** By the SHA-256 of its token. */
export const findConsoleSession = (
  db: Database,
  tokenSha256: string,
): Promise<ConsoleSessionRow | undefined> =>
  db
    .selectFrom('console_sessions')
    .selectAll()
    .where('token_sha256', '=', tokenSha256)
    .executeTakeFirst()

/** The sessions that nobody has ended and whose time is not over, the newest first. */
export const listConsoleSessions = (db: Database, now: Instant): Promise<ConsoleSessionRow[]> =>
  db
    .selectFrom('console_sessions')
    .selectAll()
    .where('expires_at', '>', now)
    .where('ended_at', 'is', null)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .execute()

/** Ends a session. Returns its row, once. */
export const endConsoleSession = (
  db: Database,
  id: string,
  now: Instant,
): Promise<ConsoleSessionRow | undefined> =>
  db
    .updateTable('console_sessions')
    .set({ ended_at: now })
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .where('expires_at', '>', now)
    .returningAll()
    .executeTakeFirst()

/** Records that a person was there. */
export const touchConsoleSession = async (
  db: Database,
  id: string,
  now: Instant,
): Promise<void> => {
  await db.updateTable('console_sessions').set({ seen_at: now }).where('id', '=', id).execute()
}
