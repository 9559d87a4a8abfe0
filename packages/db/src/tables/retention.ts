import type { Selectable } from 'kysely'
import type { Database, Instant, RetentionTable } from '../schema.ts'

export type RetentionRow = Selectable<RetentionTable>

/**
 * Claims the deletion of a kind of old rows. Of all processes over a database, one gets it in each period. Returns whether
 * this one did.
 */
export const claimRetention = async (
  db: Database,
  {
    kind,
    now,
    everyMs,
  }: { readonly kind: string; readonly now: Instant; readonly everyMs: number },
): Promise<boolean> => {
  const claimed = await db
    .insertInto('retention')
    .values({ kind, ran_at: now, deleted: 0 })
    .onConflict((conflict) =>
      conflict
        .column('kind')
        .doUpdateSet({ ran_at: now })
        // One from the future was written before a clock was set back.
        .where((eb) =>
          eb.or([
            eb('retention.ran_at', '<=', now - everyMs),
            eb('retention.ran_at', '>', now + everyMs),
          ]),
        ),
    )
    .returning('kind')
    .executeTakeFirst()
  return claimed !== undefined
}

/** Adds rows to those that were deleted, and renews the claim. */
export const countDeleted = async (
  db: Database,
  {
    kind,
    now,
    deleted,
  }: { readonly kind: string; readonly now: Instant; readonly deleted: number },
): Promise<void> => {
  await db
    .updateTable('retention')
    .set((eb) => ({ ran_at: now, deleted: eb('deleted', '+', deleted) }))
    .where('kind', '=', kind)
    .execute()
}

/** When each kind was last deleted, and how many rows of it in all. */
export const listRetention = (db: Database): Promise<RetentionRow[]> =>
  db.selectFrom('retention').selectAll().orderBy('kind').execute()
