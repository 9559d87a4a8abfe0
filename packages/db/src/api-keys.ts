import type { Insertable, Selectable } from 'kysely'
import type { ApiKeysTable, Database, Instant } from './schema.ts'
import { wasChanged } from './was-changed.ts'

export type ApiKeyRow = Selectable<ApiKeysTable>

export const insertApiKey = async (db: Database, row: Insertable<ApiKeysTable>): Promise<void> => {
  await db.insertInto('api_keys').values(row).execute()
}

export const findApiKeyByHash = (db: Database, hash: string): Promise<ApiKeyRow | undefined> =>
  db.selectFrom('api_keys').selectAll().where('hash', '=', hash).executeTakeFirst()

/** All keys, the oldest first. */
export const listApiKeys = (db: Database): Promise<ApiKeyRow[]> =>
  db.selectFrom('api_keys').selectAll().orderBy('created_at').orderBy('id').execute()

/** Marks a key as revoked, once; says whether there was one to revoke. */
export const revokeApiKey = (db: Database, id: string, now: Instant): Promise<boolean> =>
  wasChanged(
    db
      .updateTable('api_keys')
      .set({ revoked_at: now })
      .where('id', '=', id)
      .where('revoked_at', 'is', null),
  )
