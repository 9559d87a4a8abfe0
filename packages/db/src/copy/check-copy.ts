import { createHash } from 'node:crypto'
import type { Database } from '../schema.ts'
import { digestTable, type TableDigest } from './digest.ts'
import { findDifferences } from './find-differences.ts'
import { type OnProgress, stageOf, sumOf } from './progress.ts'
import type { Range } from './ranges.ts'
import type { CopiedTable } from './tables.ts'

/** A table on both sides after the copy. */
export type CheckedTable = {
  readonly table: string
  readonly source: TableDigest
  readonly target: TableDigest
  /** Whether it has as many rows on both sides, and the same ones. */
  readonly isSame: boolean
  /** The first range in which they differ, where one was found when they were looked at again. */
  readonly differs: Pick<Range, 'after' | 'upTo'> | undefined
}

type Check = {
  readonly tables: readonly CopiedTable[]
  readonly ranges: readonly Range[]
  readonly onProgress: OnProgress
}

/** Reads both databases from beginning to end. */
export const checkCopy = async (
  source: Database,
  target: Database,
  { tables, ranges, onProgress }: Check,
): Promise<CheckedTable[]> => {
  const onRange = stageOf('check', sumOf(ranges), onProgress)
  const checked: CheckedTable[] = []
  for (const table of tables) {
    const [ours, theirs] = await Promise.all([
      digestTable(source, table),
      digestTable(target, table, onRange),
    ])
    const own = ranges.filter((range) => range.table === table)
    const isSame = ours.rows === theirs.rows && ours.sha256 === theirs.sha256
    const [first] = isSame ? [] : await findDifferences(source, target, own)
    checked.push({ table: table.name, source: ours, target: theirs, isSame, differs: first?.range })
  }
  return checked
}

/** SHA-256 over all tables of a database, in hex. */
export const digestOfAll = (tables: readonly TableDigest[]): string =>
  createHash('sha256')
    .update(tables.map(({ rows, sha256 }) => `${rows} ${sha256}\n`).join(''))
    .digest('hex')
