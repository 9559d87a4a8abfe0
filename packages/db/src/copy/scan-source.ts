import { sql } from 'kysely'
import type { Database } from '../schema.ts'
import { findUnlikeValues, type UnlikeValue } from './changed-values.ts'
import { type OnProgress, stageOf } from './progress.ts'
import { type Range, walkRanges } from './ranges.ts'
import type { CopiedTable } from './tables.ts'

type Found = { readonly ranges: readonly Range[]; readonly changed: readonly UnlikeValue[] }

/** Cuts all tables into ranges, and finds what PostgreSQL cannot hold, before anything is written. */
export const scanSource = async (
  source: Database,
  tables: readonly CopiedTable[],
  onProgress: OnProgress,
): Promise<Found> => {
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
