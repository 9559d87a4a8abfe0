import { sql } from 'kysely'
import { isPostgres } from '../connection/engine.ts'
import type { Database } from '../schema.ts'
import type { Fault } from './fault.ts'

/** Finds what the engine itself knows to be wrong: damage to the file, rows without the row that they refer to, indexes that cannot
 * be used. */
export const findEngineFaults = (db: Database, limit: number): Promise<readonly Fault[]> =>
  isPostgres(db) ? findPostgresFaults(db, limit) : findSqliteFaults(db, limit)

const faultOf = (
  fault: Omit<Fault, 'count' | 'names'>,
  names: readonly string[],
  limit: number,
): readonly Fault[] =>
  names.length === 0 ? [] : [{ ...fault, count: names.length, names: names.slice(0, limit) }]

/** SQLite ends its list after so many lines. */
const mostLines = 100

const findSqliteFaults = async (db: Database, limit: number) => {
  const integrity = await sql<{ integrity_check: string }>`
    pragma integrity_check(${sql.lit(mostLines)})`.execute(db)
  const damage = integrity.rows
    .map(({ integrity_check: line }) => line)
    .filter((line) => line !== 'ok')
  const references = await sql<{ table: string; rowid: number | null; parent: string }>`
    pragma foreign_key_check`.execute(db)
  const loose = references.rows.map(
    ({ table, rowid, parent }) => `row ${rowid} of ${table}, without its row of ${parent}`,
  )
  return [
    ...faultOf(
      {
        code: 'damaged_file',
        what: 'Damage to the file (integrity_check)',
        mend: 'If only indexes are named, run REINDEX in a shell of sqlite3. Otherwise restore a backup: dsapi db restore FILE',
      },
      damage,
      limit,
    ),
    ...faultOf(
      {
        code: 'broken_references',
        what: 'Rows that refer to a row that does not exist (foreign_key_check)',
        mend: 'Restore a backup that has those rows, or delete the rows that refer to them',
      },
      loose,
      limit,
    ),
  ]
}

const findPostgresFaults = async (db: Database, limit: number) => {
  const indexes = await sql<{ name: string }>`
    select indexrelid::regclass::text as name from pg_index
    join pg_class on pg_class.oid = indrelid
    where relnamespace = current_schema()::regnamespace
      and not (indisvalid and indisready and indislive)
    order by 1`.execute(db)
  const constraints = await sql<{ name: string }>`
    select conrelid::regclass || ': ' || conname as name from pg_constraint
    where connamespace = current_schema()::regnamespace and not convalidated
    order by 1`.execute(db)
  return [
    ...faultOf(
      {
        code: 'invalid_indexes',
        what: 'Indexes that PostgreSQL does not use, because they were not built to the end',
        mend: 'Build them again: REINDEX INDEX CONCURRENTLY NAME',
      },
      indexes.rows.map(({ name }) => name),
      limit,
    ),
    ...faultOf(
      {
        code: 'unchecked_constraints',
        what: 'Constraints that PostgreSQL has not checked for all rows',
        mend: 'Check them: ALTER TABLE … VALIDATE CONSTRAINT …',
      },
      constraints.rows.map(({ name }) => name),
      limit,
    ),
  ]
}
