import type { Selectable } from 'kysely'
import type { Database, Instant, WebhookSecretsTable } from '../schema.ts'

export type WebhookSecretRow = Selectable<WebhookSecretsTable>

/** The secrets of an owner that are valid at an instant, the newest first. */
export const listWebhookSecrets = (
  db: Database,
  ownerId: string,
  now: Instant,
): Promise<WebhookSecretRow[]> =>
  db
    .selectFrom('webhook_secrets')
    .selectAll()
    .where('owner_id', '=', ownerId)
    .where((eb) => eb.or([eb('expires_at', 'is', null), eb('expires_at', '>', now)]))
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .execute()

/** Puts a secret in the place of the one that has no end yet. Those that have one keep it. */
export const replaceWebhookSecret = async (
  db: Database,
  row: Omit<WebhookSecretRow, 'expires_at'>,
  options: { readonly expiresAt: Instant },
): Promise<void> => {
  await db
    .deleteFrom('webhook_secrets')
    .where('owner_id', '=', row.owner_id)
    .where('expires_at', '<=', row.created_at)
    .execute()
  await db
    .updateTable('webhook_secrets')
    .set({ expires_at: options.expiresAt })
    .where('owner_id', '=', row.owner_id)
    .where('expires_at', 'is', null)
    .execute()
  await db
    .insertInto('webhook_secrets')
    .values({ ...row, expires_at: null })
    .execute()
}
