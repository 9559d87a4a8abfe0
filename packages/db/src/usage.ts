import type { Database } from './schema.ts'

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

/** How many requests each owner has made on a day. */
export const listUsage = async (db: Database, day: number): Promise<Map<string, number>> => {
  const rows = await db.selectFrom('usage').selectAll().where('day', '=', day).execute()
  return new Map(rows.map((row) => [row.owner_id, row.requests]))
}

export const deleteUsageBefore = async (db: Database, day: number): Promise<void> => {
  await db.deleteFrom('usage').where('day', '<', day).execute()
}
