import type { Insertable, Selectable } from 'kysely'
import { takeAdvisoryLock } from '../connection/engine.ts'
import type { AuditTable, Database } from '../schema.ts'

export type AuditRow = Selectable<AuditTable>

/** Writes a row, in the transaction that changes the key. Rows become visible in the order of their ids, so that a
 * process which follows them asks for those after the last one. */
export const insertAudit = async (db: Database, row: Insertable<AuditTable>): Promise<void> => {
  await takeAdvisoryLock(db, 'audit')
  await db.insertInto('audit').values(row).execute()
}

/** The newest row's id, 0 where there is none: it changes with every change to a key. */
export const findLastAuditId = async (db: Database): Promise<number> => {
  const row = await db
    .selectFrom('audit')
    .select('id')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.id ?? 0
}

/** What was done to the keys of an owner, the newest first. */
export const listAuditOf = (
  db: Database,
  options: { readonly ownerId: string; readonly limit: number },
): Promise<AuditRow[]> =>
  db
    .selectFrom('audit')
    .selectAll()
    .where('key_id', 'in', (eb) =>
      eb.selectFrom('api_keys').select('api_keys.id').where('owner_id', '=', options.ownerId),
    )
    .orderBy('id', 'desc')
    .limit(options.limit)
    .execute()

/**
 * What was done, the newest first; to one key, or to all.
 *
 * @param options.before only entries that are older than the one with this id
 */
export const listAudit = (
  db: Database,
  options: { readonly keyId?: string; readonly before?: number; readonly limit: number },
): Promise<AuditRow[]> =>
  db
    .selectFrom('audit')
    .selectAll()
    .$if(options.keyId !== undefined, (query) => query.where('key_id', '=', options.keyId ?? ''))
    .$if(options.before !== undefined, (query) => query.where('id', '<', options.before ?? 0))
    .orderBy('id', 'desc')
    .limit(options.limit)
    .execute()
