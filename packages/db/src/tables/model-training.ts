import type { Insertable } from 'kysely'
import type { Database, ModelTrainingTable } from '../schema.ts'

type VersionKey = { readonly name: string; readonly version: number }

export const insertModelTraining = async (
  db: Database,
  row: Insertable<ModelTrainingTable>,
): Promise<void> => {
  await db.insertInto('model_training').values(row).execute()
}

/** The shares of the data that a version was fitted to, as JSON. */
export const findModelTraining = async (
  db: Database,
  { name, version }: VersionKey,
): Promise<string | undefined> => {
  const row = await db
    .selectFrom('model_training')
    .select('content')
    .where('name', '=', name)
    .where('version', '=', version)
    .executeTakeFirst()
  return row?.content
}

export const deleteModelTraining = async (
  db: Database,
  { name, version }: VersionKey,
): Promise<void> => {
  await db
    .deleteFrom('model_training')
    .where('name', '=', name)
    .where('version', '=', version)
    .execute()
}
