import type { Insertable, Selectable } from 'kysely'
import type { Database, DataTable } from '../schema.ts'

export type DataRow = Omit<Selectable<DataTable>, 'id'>

/** Rows in one statement: SQLite takes at most 32,766 bound values in one. */
const chunk = 1000

/** Replaces the training data, all rows at once. Call it inside a transaction. */
export const replaceData = async (
  db: Database,
  rows: readonly Insertable<DataTable>[],
): Promise<void> => {
  await db.deleteFrom('data').execute()
  for (let start = 0; start < rows.length; start += chunk) {
    await db
      .insertInto('data')
      .values(rows.slice(start, start + chunk))
      .execute()
  }
}

/** The training data in the order in which it was written. */
export const listData = (db: Database): Promise<DataRow[]> =>
  db.selectFrom('data').select(['feature_a', 'feature_b', 'class']).orderBy('id').execute()
