import type { Database } from '../schema.ts'

/** Adds requests to an owner's day and gives what all processes together have counted. */
export const addUsage = async (
  db: Database,
  use: { readonly ownerId: string; readonly day: number; readonly requests: number },
): Promise<number> => {
  const { requests } = await db
    .insertInto('usage')
    .values({ owner_id: use.ownerId, day: use.day, requests: use.requests })
    .onConflict((conflict) =>
      conflict.columns(['owner_id', 'day']).doUpdateSet((eb) => ({
        requests: eb('usage.requests', '+', eb.ref('excluded.requests')),
      })),
    )
    .returning('requests')
    .executeTakeFirstOrThrow()
  return requests
}

/** How many requests all processes together have counted for an owner on a day. */
export const findUsage = async (
  db: Database,
  of: { readonly ownerId: string; readonly day: number },
): Promise<number> => {
  const row = await db
    .selectFrom('usage')
    .select('requests')
    .where('owner_id', '=', of.ownerId)
    .where('day', '=', of.day)
    .executeTakeFirst()
  return row?.requests ?? 0
}

/** What all processes together have counted on a day, by owner. */
export const listUsageOn = (
  db: Database,
  day: number,
): Promise<{ readonly owner_id: string; readonly requests: number }[]> =>
  db.selectFrom('usage').select(['owner_id', 'requests']).where('day', '=', day).execute()
