import { sql } from 'kysely'
import type { Database } from '../schema.ts'
import { isWithin, type Range } from './ranges.ts'

/** A value that SQLite holds and PostgreSQL does not: it becomes another one on its way. */
export type UnlikeValue = {
  readonly table: string
  readonly column: string
  /** The row's primary key. */
  readonly key: readonly string[]
  /** U+0000 in a text becomes U+FFFD; a fraction in a column of whole numbers is rounded. */
  readonly what: 'zero character' | 'fraction'
}

/** Finds the values in a range of a SQLite database that PostgreSQL cannot hold as they are. */
export const findUnlikeValues = async (source: Database, range: Range): Promise<UnlikeValue[]> => {
  const { table } = range
  const found = table.columns.flatMap(({ name, type }) => {
    if (type === 'real' || type === 'blob') return []
    const what = type === 'text' ? ('zero character' as const) : ('fraction' as const)
    const isUnlike =
      type === 'text'
        ? sql`instr(${sql.ref(name)}, char(0)) > 0`
        : sql`typeof(${sql.ref(name)}) = 'real'`
    return [{ column: name, what, isUnlike }]
  })
  const { rows } = await sql<Record<string, string | number>>`
    select ${sql.join(table.key.map((column, i) => sql`${sql.ref(column)} as ${sql.ref(`key${i}`)}`))},
      ${sql.join(found.map(({ isUnlike }, i) => sql`${isUnlike} as ${sql.ref(`is${i}`)}`))}
    from ${sql.table(table.name)}
    where ${isWithin(range)} and (${sql.join(
      found.map(({ isUnlike }) => isUnlike),
      sql` or `,
    )})`.execute(source)
  return rows.flatMap((row) =>
    found
      .filter((_, i) => row[`is${i}`] === 1)
      .map(({ column, what }) => ({
        ...{ table: table.name, column, what },
        key: table.key.map((_, i) => String(row[`key${i}`])),
      })),
  )
}
