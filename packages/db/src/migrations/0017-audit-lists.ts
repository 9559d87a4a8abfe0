import type { Kysely } from 'kysely'

const tables = [
  ['audit', 'key_id'],
  ['model_audit', 'name'],
] as const

/** What lists of audit entries are filtered by. All indexes end in the order of the lists, so that a page reads no more
 * rows than it has. */
export const up = async (db: Kysely<unknown>): Promise<void> => {
  for (const [table, target] of tables) {
    await db.schema.createIndex(`${table}_by_time`).on(table).columns(['at', 'id']).execute()
    for (const column of ['actor', 'action', target])
      await db.schema
        .createIndex(`${table}_by_${column}`)
        .on(table)
        .columns([column, 'at', 'id'])
        .execute()
  }
}
