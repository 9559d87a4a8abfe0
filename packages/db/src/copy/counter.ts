import { sql } from 'kysely'
import type { Database } from '../schema.ts'
import type { CopiedTable } from './tables.ts'

/** The highest number that a row of a SQLite database has or had, as text. */
export const findHighest = async (
  source: Database,
  table: CopiedTable['name'],
  counter: string,
): Promise<string> => {
  const { rows } = await sql<{ highest: string }>`
    select cast(max(
      coalesce((select max(${sql.ref(counter)}) from ${sql.table(table)}), 0),
      coalesce((select seq from sqlite_sequence where name = ${table}), 0)) as text) as highest`.execute(
    source,
  )
  return rows[0].highest
}

/** Has the target count on from where the source is: numbers of rows that were deleted are not given again. */
export const setCounter = async (
  source: Database,
  target: Database,
  { name, counter }: CopiedTable,
): Promise<void> => {
  if (counter === undefined) return
  const highest = await findHighest(source, name, counter)
  if (highest === '0') return
  await sql`select setval(pg_get_serial_sequence(${name}, ${counter}), ${highest}::bigint)`.execute(
    target,
  )
}
