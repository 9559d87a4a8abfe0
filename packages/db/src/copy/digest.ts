import { createHash } from 'node:crypto'
import type { Database } from '../schema.ts'
import { type Range, type Row, readRows, walkRanges } from './ranges.ts'
import type { CopiedTable } from './tables.ts'

/** The bytes of a row of which hashes are made: JSON, so that no two rows have the same. */
const canonical = (row: Row) => `${JSON.stringify(row)}\n`

/** SHA-256 over rows, in hex. */
export const digestRows = (rows: readonly Row[]): string => {
  const hash = createHash('sha256')
  for (const row of rows) hash.update(canonical(row))
  return hash.digest('hex')
}

/** How many rows a table has, and SHA-256 over all of them in the order of the primary key. */
export type TableDigest = { readonly rows: number; readonly sha256: string }

/** Reads a whole table, range after range. */
export const digestTable = async (
  db: Database,
  table: CopiedTable,
  onRange: (range: Range) => void = () => {},
): Promise<TableDigest> => {
  const hash = createHash('sha256')
  let count = 0
  for await (const range of walkRanges(db, table)) {
    if (range.rows === 0) break
    for (const row of await readRows(db, range, range.rows)) hash.update(canonical(row))
    count += range.rows
    onRange(range)
  }
  return { rows: count, sha256: hash.digest('hex') }
}
