import { sql } from 'kysely'
import { type Mark, markUnfinished } from '../postgres/copy-mark.ts'
import type { Database } from '../schema.ts'
import { digestOfAll } from './check-copy.ts'
import { CopyError } from './copy-error.ts'
import { digestTable, type TableDigest } from './digest.ts'
import { refuseOlder } from './refuse-older.ts'
import { refuseSessions } from './refuse-sessions.ts'
import type { CopiedTable } from './tables.ts'

type Copy = { readonly tables: readonly CopiedTable[]; readonly mark: Mark }

/**
 * Marks a finished copy as one that goes on, if it is what it was when it was finished and nobody has it open. Nobody
 * can write to it between the look and the mark.
 *
 * @throws CopyError when it must not go on; it is then as it was
 */
export const reopenCopy = (
  source: Database,
  target: Database,
  { tables, mark }: Copy,
): Promise<void> =>
  target.transaction().execute(async (transaction) => {
    const names = tables.map(({ name }) => sql.table(name))
    await sql`lock table ${sql.join(names)} in share mode`.execute(transaction)
    await refuseUsed(transaction, { tables, mark })
    await refuseOlder(source, transaction)
    await refuseSessions(transaction)
    await markUnfinished(transaction)
  })

/** A copy that was finished and is no longer what it was then is somebody's database. */
const refuseUsed = async (target: Database, { tables, mark }: Copy) => {
  const digests: TableDigest[] = []
  for (const table of tables) digests.push(await digestTable(target, table))
  if (digestOfAll(digests) === mark.sha256) return
  throw new CopyError(
    'target_in_use',
    `The copy was finished at ${new Date(mark.finishedAt ?? 0).toISOString()}, and the database has been used since then. Nothing was changed: to copy once more, make an empty database (createdb) and copy into that.`,
  )
}
