import { sql } from 'kysely'
import { identityOf, markFinished } from '../postgres/copy-mark.ts'
import type { Database, Instant } from '../schema.ts'
import type { UnlikeValue } from './changed-values.ts'
import { type CheckedTable, checkCopy, digestOfAll } from './check-copy.ts'
import { checkTarget } from './check-target.ts'
import { setCounter } from './counter.ts'
import { type Difference, findDifferences } from './find-differences.ts'
import { lockSource } from './lock-source.ts'
import { type OnProgress, stageOf, sumOf } from './progress.ts'
import { readRows } from './ranges.ts'
import { refuseOlder } from './refuse-older.ts'
import { reopenCopy } from './reopen-copy.ts'
import { scanSource } from './scan-source.ts'
import { describeTables } from './tables.ts'
import { deleteOthers, writeRows } from './write-rows.ts'

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
 * @throws CopyError when the source or the target is in use, or the target was not begun by a copy from this source,
 *   or by one from a later state of it
 */
export const copyDatabase = (
  source: Database,
  target: Database,
  { now, onProgress = () => {} }: Options,
): Promise<CopyResult> =>
  lockSource(source, async (held) => {
    const tables = await describeTables(held)
    const mark = await checkTarget(target, tables, { identity: await identityOf(held), now: now() })
    const { ranges, changed } = await scanSource(held, tables, onProgress)
    const onCompared = stageOf('compare', sumOf(ranges), onProgress)
    const differing = await findDifferences(held, target, ranges, onCompared)
    const isUntouched = differing.length === 0 && mark?.finishedAt != null
    if (mark !== undefined && differing.length > 0) {
      if (mark.finishedAt === null) await refuseOlder(held, target)
      else await reopenCopy(held, target, { tables, mark })
    }
    await write(held, target, differing, onProgress)
    if (!isUntouched) for (const table of tables) await setCounter(held, target, table)
    const checked = await checkCopy(held, target, { tables, ranges, onProgress })
    if (!isUntouched && checked.every(({ isSame }) => isSame)) {
      for (const { name } of tables) await sql`analyze ${sql.table(name)}`.execute(target)
      await markFinished(target, {
        sha256: digestOfAll(checked.map(({ target }) => target)),
        now: now(),
      })
    }
    return {
      ...{ tables: checked, changed, written: sumOf(differing.map(({ range }) => range)).rows },
      finishedBefore: isUntouched ? (mark.finishedAt ?? undefined) : undefined,
    }
  })

/** Deletes first what is not in the source, beginning with what names other rows, so that nothing that is written
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
