import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Database, Instant } from '../schema.ts'
import { admitTarget } from './admit-target.ts'
import { CopyError } from './copy-error.ts'
import { type Difference, findDifferences } from './differing-ranges.ts'
import { digestTable, type TableDigest } from './digest.ts'
import { holdSource } from './hold-source.ts'
import { identityOf, type Mark, markFinished, markUnfinished } from './mark.ts'
import { type OnProgress, stageOf, sumOf } from './progress.ts'
import { type Range, readRows, walkRanges } from './ranges.ts'
import { type CopiedTable, describeTables } from './tables.ts'
import { findUnlikeValues, type UnlikeValue } from './unlike-values.ts'
import { deleteOthers, setCounter, writeRows } from './write-rows.ts'

/** A table on both sides after the copy. */
export type CheckedTable = {
  readonly table: string
  readonly source: TableDigest
  readonly target: TableDigest
  /** The first range in which they differ, where they do. */
  readonly differs: Pick<Range, 'after' | 'upTo'> | undefined
}

export type CopyResult = {
  readonly tables: readonly CheckedTable[]
  /** Values that became others, because PostgreSQL cannot hold them. */
  readonly changed: readonly UnlikeValue[]
  /** How many rows had to be written; the others were in the target already. */
  readonly written: number
  /** When an earlier copy had been finished, if there was nothing left to do. */
  readonly finishedBefore: Instant | undefined
}

type Options = { readonly now: () => Instant; readonly onProgress?: OnProgress }

/**
 * Makes a PostgreSQL database the same as a SQLite database, which nobody can write to meanwhile. It may be ended at
 * any moment: what was written is compared when it is called again, and what is the same is not written again.
 *
 * @param source opened by `openDatabase`, so its schema is up to date
 * @param target opened with `evenUnfinished`
 * @throws CopyError when the source is in use, or the target was not begun by a copy from this source
 */
export const copyDatabase = (
  source: Database,
  target: Database,
  { now, onProgress = () => {} }: Options,
): Promise<CopyResult> =>
  holdSource(source, async (held) => {
    const tables = await describeTables(held)
    const mark = await admitTarget(target, tables, { identity: await identityOf(held), now: now() })
    const { ranges, changed } = await lookThrough(held, tables, onProgress)
    const onCompared = stageOf('compare', sumOf(ranges), onProgress)
    const differing = await findDifferences(held, target, ranges, onCompared)
    const isUntouched = differing.length === 0 && mark?.finishedAt != null
    if (mark?.finishedAt != null && !isUntouched) {
      await refuseUsed(target, tables, mark)
      await markUnfinished(target)
    }
    await write(held, target, differing, onProgress)
    for (const table of tables) await setCounter(held, target, table)
    const checked = await check(held, target, { tables, ranges, onProgress })
    if (!isUntouched && checked.every(isEqual)) {
      for (const { name } of tables) await sql`analyze ${sql.table(name)}`.execute(target)
      await markFinished(target, { sha256: digestOfAll(checked), now: now() })
    }
    return {
      ...{ tables: checked, changed, written: sumOf(differing.map(({ range }) => range)).rows },
      finishedBefore: isUntouched ? (mark.finishedAt ?? undefined) : undefined,
    }
  })

const isEqual = ({ differs }: CheckedTable) => differs === undefined

/** Cuts all tables into ranges, and finds what PostgreSQL cannot hold. */
const lookThrough = async (
  source: Database,
  tables: readonly CopiedTable[],
  onProgress: OnProgress,
) => {
  let all = 0
  for (const { name } of tables) {
    const { rows } = await sql<{ count: number }>`
      select count(*) as count from ${sql.table(name)}`.execute(source)
    all += rows[0].count
  }
  const onRange = stageOf('read', { rows: all, bytes: undefined }, onProgress)
  const ranges: Range[] = []
  const changed: UnlikeValue[] = []
  for (const table of tables) {
    for await (const range of walkRanges(source, table)) {
      ranges.push(range)
      changed.push(...(await findUnlikeValues(source, range)))
      onRange(range)
    }
  }
  return { ranges, changed }
}

/** A copy that was finished and is no longer what it was then is somebody's database. */
const refuseUsed = async (target: Database, tables: readonly CopiedTable[], mark: Mark) => {
  const digests = []
  for (const table of tables) digests.push({ target: await digestTable(target, table) })
  if (digestOfAll(digests) === mark.sha256) return
  throw new CopyError(
    'target_in_use',
    `The copy was finished at ${new Date(mark.finishedAt ?? 0).toISOString()}, and the database has been used since then. Nothing was changed: to copy once more, make an empty database (createdb) and copy into that.`,
  )
}

const digestOfAll = (tables: readonly Pick<CheckedTable, 'target'>[]) =>
  createHash('sha256')
    .update(tables.map(({ target }) => `${target.rows} ${target.sha256}\n`).join(''))
    .digest('hex')

/** Takes away first what is not in the source, beginning with what names other rows, so that nothing that is written
 * meets a row that it must not stand beside. */
const write = async (
  source: Database,
  target: Database,
  differences: readonly Difference[],
  onProgress: OnProgress,
) => {
  for (const { range, isMissing } of differences.toReversed()) {
    if (isMissing) continue
    await deleteOthers(target, range, await readRows(source, range, range.rows))
  }
  const ranges = differences.map(({ range }) => range)
  const onRange = stageOf('write', sumOf(ranges), onProgress)
  for (const range of ranges) {
    await writeRows(target, range.table, await readRows(source, range, range.rows))
    onRange(range)
  }
}

type Check = {
  readonly tables: readonly CopiedTable[]
  readonly ranges: readonly Range[]
  readonly onProgress: OnProgress
}

const check = async (
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
    const differs = ours.sha256 !== theirs.sha256
    const [first] = differs ? await findDifferences(source, target, own) : []
    checked.push({ table: table.name, source: ours, target: theirs, differs: first?.range })
  }
  return checked
}
