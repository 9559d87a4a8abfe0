import type { Insertable, Selectable } from 'kysely'
import type { Database, ModelAuditTable } from '../schema.ts'

export type ModelAuditRow = Selectable<ModelAuditTable>

/** Writes a row, in the transaction that changes the model and holds the lock `models`: so rows become visible in the
 * order of their ids, and a process that follows them misses none. */
export const insertModelAudit = async (
  db: Database,
  row: Insertable<ModelAuditTable>,
): Promise<void> => {
  await db.insertInto('model_audit').values(row).execute()
}

/** The newest row's id, 0 where there is none: it changes with every change to a model. */
export const findLastModelAuditId = async (db: Database): Promise<number> => {
  const row = await db
    .selectFrom('model_audit')
    .select('id')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.id ?? 0
}

/**
 * What was done, the newest first; to one model, or to all.
 *
 * @param options.before only entries that are older than the one with this id
 */
export const listModelAudit = (
  db: Database,
  options: { readonly name?: string; readonly before?: number; readonly limit: number },
): Promise<ModelAuditRow[]> =>
  db
    .selectFrom('model_audit')
    .selectAll()
    .$if(options.name !== undefined, (query) => query.where('name', '=', options.name ?? ''))
    .$if(options.before !== undefined, (query) => query.where('id', '<', options.before ?? 0))
    .orderBy('id', 'desc')
    .limit(options.limit)
    .execute()
