import type { Selectable } from 'kysely'
import type { Database, WatchersTable } from '../schema.ts'

export type WatcherRow = Selectable<WatchersTable>

const slots = [0, 1, 2]

/** The few places of processes that watch the claims of all workers. The holder of a free one is empty. A place that was never
 * taken has no row, so that a new database is empty. */
export const listWatchers = async (db: Database): Promise<readonly WatcherRow[]> => {
  const rows = await db.selectFrom('watchers').selectAll().execute()
  return slots.map((slot) => rows.find((row) => row.slot === slot) ?? { slot, holder: '', beat: 0 })
}

/** Gives a place to a process, or to nobody, if it is still as it was seen. Returns whether it was. */
export const takeWatcher = async (
  db: Database,
  seen: WatcherRow,
  holder: string,
): Promise<boolean> => {
  const next = { holder, beat: seen.beat + 1 }
  const taken = await db
    .insertInto('watchers')
    .values({ slot: seen.slot, ...next })
    .onConflict((conflict) =>
      conflict
        .column('slot')
        .doUpdateSet(next)
        .where('watchers.holder', '=', seen.holder)
        .where('watchers.beat', '=', seen.beat),
    )
    .returning('slot')
    .executeTakeFirst()
  return taken !== undefined
}

/** Shows that the holder of a place is alive. Returns whether it still has the place. */
export const renewWatcher = async (
  db: Database,
  { slot, holder }: Pick<WatcherRow, 'slot' | 'holder'>,
): Promise<boolean> => {
  const { numUpdatedRows } = await db
    .updateTable('watchers')
    .set((eb) => ({ beat: eb('beat', '+', 1) }))
    .where('slot', '=', slot)
    .where('holder', '=', holder)
    .executeTakeFirstOrThrow()
  return numUpdatedRows > 0n
}

/** Frees a place, if the process still has it. */
export const leaveWatcher = async (
  db: Database,
  { slot, holder }: Pick<WatcherRow, 'slot' | 'holder'>,
): Promise<void> => {
  await db
    .updateTable('watchers')
    .set({ holder: '' })
    .where('slot', '=', slot)
    .where('holder', '=', holder)
    .execute()
}
