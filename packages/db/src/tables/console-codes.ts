import type { Selectable } from 'kysely'
import type { ConsoleCodesTable, Database } from '../schema.ts'

export type ConsoleCodeRow = Selectable<ConsoleCodesTable>

export const insertConsoleCode = async (db: Database, row: ConsoleCodeRow): Promise<void> => {
  await db.insertInto('console_codes').values(row).execute()
}

/** Deletes a code, so that it is used once. Returns its row. */
export const takeConsoleCode = (
  db: Database,
  sha256: string,
): Promise<ConsoleCodeRow | undefined> =>
  db.deleteFrom('console_codes').where('sha256', '=', sha256).returningAll().executeTakeFirst()
