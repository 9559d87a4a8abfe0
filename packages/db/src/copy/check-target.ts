import { sql } from 'kysely'
import { takeAdvisoryLock } from '../connection/engine.ts'
import { findMark, type Mark, markBegun } from '../postgres/copy-mark.ts'
import type { Database, Instant } from '../schema.ts'
import { CopyError } from './copy-error.ts'
import { refuseSessions } from './refuse-sessions.ts'
import type { CopiedTable } from './tables.ts'

type Copy = { readonly identity: string; readonly now: Instant }

/**
 * Says whether a database may become a copy: nobody has it open, and it is empty, and is marked then, or it was begun
 * by a copy from the same source, whose mark this gives.
 *
 * @throws CopyError when it may not; it is then as it was
 */
export const checkTarget = (
  target: Database,
  tables: readonly CopiedTable[],
  { identity, now }: Copy,
): Promise<Mark | undefined> =>
  target.transaction().execute(async (transaction) => {
    await takeAdvisoryLock(transaction, 'copy')
    await refuseSessions(transaction)
    const mark = await findMark(transaction)
    if (mark === undefined) {
      await refuseFull(transaction, tables)
      await markBegun(transaction, { identity, now })
    } else if (mark.identity !== identity) {
      throw new CopyError(
        'other_source',
        `It holds a copy of another database, the one that was made at ${mark.identity}; this one was made at ${identity}. Nothing was changed: name the same source again, or make a new database (createdb) and copy into that.`,
      )
    }
    return mark
  })

const refuseFull = async (target: Database, tables: readonly CopiedTable[]) => {
  const counts: string[] = []
  for (const { name } of tables) {
    const { rows } = await sql<{ count: number }>`
      select count(*) as count from ${sql.table(name)}`.execute(target)
    const [{ count }] = rows
    if (count > 0) counts.push(`${name} ${count.toLocaleString('en')}`)
  }
  if (counts.length === 0) return
  throw new CopyError(
    'target_in_use',
    `It holds rows already (${counts.join(', ')}), which no copy has put there. Nothing was changed: make an empty database (createdb) and copy into that.`,
  )
}
