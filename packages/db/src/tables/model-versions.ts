import type { Insertable, Selectable } from 'kysely'
import type { Database, Instant, ModelVersionsTable } from '../schema.ts'

export type ModelVersionRow = Selectable<ModelVersionsTable>

/** A version among those of all models. */
type VersionKey = { readonly name: string; readonly version: number }

export const insertModelVersion = async (
  db: Database,
  row: Insertable<ModelVersionsTable>,
): Promise<void> => {
  await db.insertInto('model_versions').values(row).execute()
}

export const findModelVersion = (
  db: Database,
  { name, version }: VersionKey,
): Promise<ModelVersionRow | undefined> =>
  db
    .selectFrom('model_versions')
    .selectAll()
    .where('name', '=', name)
    .where('version', '=', version)
    .executeTakeFirst()

/** The versions of a model, the newest first. */
export const listModelVersions = (db: Database, name: string): Promise<ModelVersionRow[]> =>
  db
    .selectFrom('model_versions')
    .selectAll()
    .where('name', '=', name)
    .orderBy('version', 'desc')
    .execute()

/** Records since when versions of a model no longer answer; null for those that do. */
export const setUnservedAt = async (
  db: Database,
  { name, versions }: { readonly name: string; readonly versions: readonly number[] },
  at: Instant | null,
): Promise<void> => {
  if (versions.length === 0) return
  await db
    .updateTable('model_versions')
    .set({ unserved_at: at })
    .where('name', '=', name)
    .where('version', 'in', versions)
    .execute()
}

/** The versions of all models that have not answered since an instant, the oldest first. */
export const listVersionsUnservedBefore = (
  db: Database,
  before: Instant,
): Promise<ModelVersionRow[]> =>
  db
    .selectFrom('model_versions')
    .selectAll()
    .where('unserved_at', '<', before)
    .orderBy('unserved_at')
    .execute()

/** Deletes a version. Returns whether it was there. */
export const deleteModelVersion = async (
  db: Database,
  { name, version }: VersionKey,
): Promise<boolean> => {
  const { numDeletedRows } = await db
    .deleteFrom('model_versions')
    .where('name', '=', name)
    .where('version', '=', version)
    .executeTakeFirstOrThrow()
  return numDeletedRows === 1n
}
