import type { Selectable } from 'kysely'
import type { Database, KeyUsageTable } from '../schema.ts'

export type KeyUsageRow = Selectable<KeyUsageTable>

/** Adds requests to what is counted of keys on days. */
export const addKeyUsage = async (db: Database, rows: readonly KeyUsageRow[]): Promise<void> => {
  for (const row of rows) {
    await db
      .insertInto('key_usage')
      .values(row)
      .onConflict((conflict) =>
        conflict.columns(['key_id', 'day']).doUpdateSet((eb) => ({
          requests: eb('key_usage.requests', '+', eb.ref('excluded.requests')),
          client_errors: eb('key_usage.client_errors', '+', eb.ref('excluded.client_errors')),
          server_errors: eb('key_usage.server_errors', '+', eb.ref('excluded.server_errors')),
        })),
      )
      .execute()
  }
}

/** What is counted from a day on, of one key or of all, by key and day. */
export const listKeyUsage = (
  db: Database,
  { keyId, since }: { readonly keyId?: string | undefined; readonly since: number },
): Promise<KeyUsageRow[]> =>
  db
    .selectFrom('key_usage')
    .selectAll()
    .where('day', '>=', since)
    .$if(keyId !== undefined, (query) => query.where('key_id', '=', keyId ?? ''))
    .orderBy('key_id')
    .orderBy('day')
    .execute()
