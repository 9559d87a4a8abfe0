import type { Insertable, Selectable } from 'kysely'
import type { ApiKeysTable, Database, Instant } from '../schema.ts'

export type ApiKeyRow = Selectable<ApiKeysTable>
export type NewApiKeyRow = Insertable<ApiKeysTable>

export const insertApiKey = async (db: Database, row: NewApiKeyRow): Promise<void> => {
  await db.insertInto('api_keys').values(row).execute()
}

export const findApiKey = (db: Database, id: string): Promise<ApiKeyRow | undefined> =>
  db.selectFrom('api_keys').selectAll().where('id', '=', id).executeTakeFirst()

/** All keys, the oldest first. */
export const listApiKeys = (db: Database): Promise<ApiKeyRow[]> =>
  db.selectFrom('api_keys').selectAll().orderBy('created_at').orderBy('id').execute()

/** The keys of an owner, the oldest first. */
export const listApiKeysOf = (db: Database, ownerId: string): Promise<ApiKeyRow[]> =>
  db
    .selectFrom('api_keys')
    .selectAll()
    .where('owner_id', '=', ownerId)
    .orderBy('created_at')
    .orderBy('id')
    .execute()

/** The keys to which something was done after the audit row with a given id. */
export const listApiKeysChangedAfter = (db: Database, auditId: number): Promise<ApiKeyRow[]> =>
  db
    .selectFrom('api_keys')
    .selectAll()
    .where('id', 'in', (eb) =>
      eb.selectFrom('audit').select('key_id').where('audit.id', '>', auditId),
    )
    .execute()

const updateUnrevoked = (db: Database, id: string) =>
  db.updateTable('api_keys').where('id', '=', id).where('revoked_at', 'is', null).returningAll()

/** Marks a key as revoked, once; gives the row if there was one to revoke. */
export const revokeApiKey = (
  db: Database,
  id: string,
  now: Instant,
): Promise<ApiKeyRow | undefined> =>
  updateUnrevoked(db, id).set({ revoked_at: now }).executeTakeFirst()

/** Marks an enabled key as disabled; gives the row if there was one. */
export const disableApiKey = (
  db: Database,
  id: string,
  now: Instant,
): Promise<ApiKeyRow | undefined> =>
  updateUnrevoked(db, id)
    .where('disabled_at', 'is', null)
    .set({ disabled_at: now })
    .executeTakeFirst()

/** Enables a disabled key. Returns the row as it became; undefined where there was no such key. */
export const enableApiKey = (db: Database, id: string): Promise<ApiKeyRow | undefined> =>
  updateUnrevoked(db, id)
    .where('disabled_at', 'is not', null)
    .set({ disabled_at: null })
    .executeTakeFirst()

/** What of a key can be changed after it was made. */
export type ApiKeyChange = Partial<
  Pick<
    ApiKeyRow,
    | 'name'
    | 'note'
    | 'scopes'
    | 'models'
    | 'rate_requests'
    | 'rate_seconds'
    | 'daily_quota'
    | 'max_jobs'
    | 'expires_at'
    | 'webhook_url'
  >
>

/** Changes a key that is not revoked. Returns the row as it became; undefined where there was no such key. */
export const updateApiKey = (
  db: Database,
  id: string,
  change: ApiKeyChange,
): Promise<ApiKeyRow | undefined> => updateUnrevoked(db, id).set(change).executeTakeFirst()

/** Names the successor of a key that is valid now and has none. Returns the row as it became. */
export const replaceApiKey = (
  db: Database,
  id: string,
  options: { readonly successor: string; readonly now: Instant; readonly expiresAt: Instant },
): Promise<ApiKeyRow | undefined> =>
  updateUnrevoked(db, id)
    .where('disabled_at', 'is', null)
    .where('replaced_by', 'is', null)
    .where((eb) => eb.or([eb('expires_at', 'is', null), eb('expires_at', '>', options.now)]))
    .set((eb) => ({
      replaced_by: options.successor,
      expires_at: eb
        .case()
        .when('expires_at', '<', options.expiresAt)
        .then(eb.ref('expires_at'))
        .else(options.expiresAt)
        .end(),
    }))
    .executeTakeFirst()

/** Notes when keys were last used. */
export const touchApiKeys = async (
  db: Database,
  uses: Iterable<readonly [id: string, at: Instant]>,
): Promise<void> => {
  for (const [id, at] of uses) {
    await db.updateTable('api_keys').set({ last_used_at: at }).where('id', '=', id).execute()
  }
}
