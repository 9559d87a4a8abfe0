import { sql } from 'kysely'
import type { Database } from '../schema.ts'
import { isWithin, type Range, type Row } from './ranges.ts'
import type { CopiedTable } from './tables.ts'

// For PostgreSQL alone. Rows are handed over as one JSON text, whose strings it reads as it would read the same
// text in a statement: one parameter for any number of rows, and the same statement each time.

const refs = (names: readonly string[]) => sql.join(names.map((name) => sql.ref(name)))

const asTable = (table: CopiedTable, rows: readonly Row[]) => {
  const objects = rows.map((row) =>
    Object.fromEntries(table.columns.map(({ name }, i) => [name, row[i]])),
  )
  return sql`json_populate_recordset(null::${sql.table(table.name)}, ${JSON.stringify(objects)}::json)`
}

/** Deletes from a range what is not among these rows. Others may name those that stay, so they are not deleted. */
export const deleteOthers = async (
  target: Database,
  range: Range,
  rows: readonly Row[],
): Promise<void> => {
  const { table } = range
  const key = refs(table.key)
  await sql`
    delete from ${sql.table(table.name)}
    where ${isWithin(range)} and (${key}) not in (select ${key} from ${asTable(table, rows)})`.execute(
    target,
  )
}

/** Writes rows; those that are there already are replaced. */
export const writeRows = async (
  target: Database,
  table: CopiedTable,
  rows: readonly Row[],
): Promise<void> => {
  if (rows.length === 0) return
  const names = table.columns.map(({ name }) => name)
  const replaced = names
    .filter((name) => !table.key.includes(name))
    .map((name) => sql`${sql.ref(name)} = ${sql.ref(`excluded.${name}`)}`)
  await sql`
    insert into ${sql.table(table.name)} (${refs(names)})
    select ${refs(names)} from ${asTable(table, rows)}
    on conflict (${refs(table.key)}) do update set ${sql.join(replaced)}`.execute(target)
}

/** Has the target count on from where the source is: numbers of rows that were deleted are not given again. */
export const setCounter = async (
  source: Database,
  target: Database,
  { name, counter }: CopiedTable,
): Promise<void> => {
  if (counter === undefined) return
  const { rows } = await sql<{ largest: string }>`
    select cast(max(
      coalesce((select max(${sql.ref(counter)}) from ${sql.table(name)}), 0),
      coalesce((select seq from sqlite_sequence where name = ${name}), 0)) as text) as largest`.execute(
    source,
  )
  const [{ largest }] = rows
  if (largest === '0') return
  await sql`select setval(pg_get_serial_sequence(${name}, ${counter}), ${largest}::bigint)`.execute(
    target,
  )
}
