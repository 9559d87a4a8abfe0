import type { Insertable, Selectable } from 'kysely'
import type { Database, ModelVersionsTable } from '../schema.ts'

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
