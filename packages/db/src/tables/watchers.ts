import type { Selectable } from 'kysely'
import type { Database, WatchersTable } from '../schema.ts'

export type WatcherRow = Selectable<WatchersTable>

/** The few places of processes that watch the claims of all workers. The holder of a free one is empty. */
export const listWatchers = (db: Database): Promise<WatcherRow[]> =>
  db.selectFrom('watchers').selectAll().orderBy('slot').execute()

/** Gives a place to a process, or to nobody, if it is still as it was seen. Returns whether it was. */
export const takeWatcher = async (
  db: Database,
  seen: WatcherRow,
  holder: string,
): Promise<boolean> => {
  const { numUpdatedRows } = await db
    .updateTable('watchers')
    .set((eb) => ({ holder, beat: eb('beat', '+', 1) }))
    .where('slot', '=', seen.slot)
    .where('holder', '=', seen.holder)
    .where('beat', '=', seen.beat)
    .executeTakeFirstOrThrow()
  return numUpdatedRows > 0n
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
