import { setImmediate } from 'node:timers/promises'
import { type RawBuilder, sql } from 'kysely'
import { isPostgres } from '../connection/engine.ts'
import type { Database } from '../schema.ts'
import { storableText } from '../tables/storable-text.ts'
import type { Column, CopiedTable } from './tables.ts'

/** A range is this large at most, except where it is a single row: a chunk of a batch is up to a megabyte. */
const mostRows = 1000
const mostBytes = 4 * 2 ** 20
/** About what a row's numbers take. */
const bytesOfNumbers = 100

export type Key = readonly string[]

/** The rows of a table from behind one primary key up to another, as they lie in one of two databases. */
export type Range = {
  readonly table: CopiedTable
  /** None: from the first row. */
  readonly after: Key | undefined
  /** None: all that comes behind `after`. */
  readonly upTo: Key | undefined
  readonly rows: number
  /** About how much these rows hold. */
  readonly bytes: number
}

/** A row's cells as text, in the order of the table's columns: the same on both engines. */
export type Row = readonly (string | null)[]

const columnOf = ({ name }: CopiedTable, column: string) => sql.ref(`${name}.${column}`)

const keyTuple = (table: CopiedTable) =>
  sql`(${sql.join(table.key.map((column) => columnOf(table, column)))})`

/** The condition for the rows of a range. */
export const isWithin = ({
  table,
  after,
  upTo,
}: Omit<Range, 'rows' | 'bytes'>): RawBuilder<unknown> => {
  const tuple = keyTuple(table)
  const from = after === undefined ? sql`1 = 1` : sql`${tuple} > (${sql.join(after)})`
  return upTo === undefined ? from : sql`${from} and ${tuple} <= (${sql.join(upTo)})`
}

/** Cuts a table into ranges, in the order of the primary key. The last one holds no rows and goes on to the end. */
export async function* walkRanges(db: Database, table: CopiedTable): AsyncGenerator<Range> {
  let after: Key | undefined
  do {
    const range = await nextRange(db, table, after)
    yield range
    await setImmediate() // SQLite answers at once: nothing else would have its turn in between.
    after = range.upTo
  } while (after !== undefined)
}

const nextRange = async (
  db: Database,
  table: CopiedTable,
  after: Key | undefined,
): Promise<Range> => {
  const large = table.columns.filter(({ type }) => type === 'text' || type === 'blob')
  const bytes = large.map(({ name }) => sql`coalesce(octet_length(${columnOf(table, name)}), 0)`)
  const { rows } = await sql<{ bytes: number; [key: `key${number}`]: string }>`
    select ${sql.join(table.key.map((column, i) => sql`cast(${columnOf(table, column)} as text) as ${sql.ref(`key${i}`)}`))},
      ${sql.join([sql.lit(bytesOfNumbers), ...bytes], sql` + `)} as bytes
    from ${sql.table(table.name)}
    where ${isWithin({ table, after, upTo: undefined })}
    order by ${sql.join(table.key.map((column) => columnOf(table, column)))}
    limit ${mostRows}`.execute(db)
  let size = 0
  let count = 0
  while (count < rows.length && (count === 0 || size + rows[count].bytes <= mostBytes)) {
    size += rows[count++].bytes
  }
  const last = rows[count - 1]
  const upTo = count === 0 ? undefined : table.key.map((_, i) => last[`key${i}`])
  return { table, after, upTo, rows: count, bytes: size }
}

/** SQLite keeps a fraction in a column of whole numbers, if it is given one; PostgreSQL does not. */
const cell = (db: Database, table: CopiedTable, { name, type }: Column) => {
  const column = columnOf(table, name)
  // In the form in which PostgreSQL reads bytes from a text.
  if (type === 'blob') {
    return isPostgres(db)
      ? sql`'\\x' || encode(${column}, 'hex')`
      : sql`'\\x' || lower(hex(${column}))`
  }
  if (type !== 'integer') return column
  // As text: a whole number may be larger than what is exact as a number of JavaScript.
  return isPostgres(db)
    ? sql`cast(${column} as text)`
    : sql`cast(case typeof(${column}) when 'real' then cast(round(${column}) as integer) else ${column} end as text)`
}

const textOf = (value: string | number | null) =>
  value === null ? null : storableText(String(value))

/** Reads the rows of a range, as they are, or have to be, in PostgreSQL. */
export const readRows = async (
  db: Database,
  range: Omit<Range, 'rows' | 'bytes'>,
  limit: number,
): Promise<Row[]> => {
  const { table } = range
  const names = table.columns.map((_, i) => `c${i}`)
  const { rows } = await sql<Record<string, string | number | null>>`
    select ${sql.join(table.columns.map((column, i) => sql`${cell(db, table, column)} as ${sql.ref(names[i])}`))}
    from ${sql.table(table.name)}
    where ${isWithin(range)}
    order by ${sql.join(table.key.map((column) => columnOf(table, column)))}
    limit ${limit}`.execute(db)
  return rows.map((row) => names.map((name) => textOf(row[name])))
}
