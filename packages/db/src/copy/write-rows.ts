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

/** Deletes from a range what is not among these rows, so that nothing holds a value that has to be unique and has
 * moved to another row. */
export const deleteOthers = async (
  target: Database,
  range: Range,
  rows: readonly Row[],
): Promise<void> => {
  const { table } = range
  if (table.name === 'api_keys') return deleteOtherKeys(target, range, rows)
  const own = sql.table(table.name)
  const sameKey = table.key.map(
    (column) => sql`source.${sql.ref(column)} = ${sql.ref(`${table.name}.${column}`)}`,
  )
  await sql`
    delete from ${own} where ${isWithin(range)} and not exists (
      select 1 from ${asTable(table, rows)} as source
      where ${sql.join(sameKey, sql` and `)} and source.* is not distinct from ${own}.*)`.execute(
    target,
  )
}

/** Rows of other tables name keys, so those that are in the source stay; they only give a wrong hash up. */
const deleteOtherKeys = async (target: Database, range: Range, rows: readonly Row[]) => {
  const source = asTable(range.table, rows)
  await sql`
    delete from api_keys where ${isWithin(range)} and id not in (select id from ${source})`.execute(
    target,
  )
  await sql`
    update api_keys set hash = 'moved ' || id
    where ${isWithin(range)} and (id, hash) not in (select id, hash from ${source})`.execute(target)
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
