import type { Insertable, Selectable, Updateable } from 'kysely'
import type { Database, NamedModelsTable } from '../schema.ts'

export type ModelRow = Selectable<NamedModelsTable>

export const insertModel = async (
  db: Database,
  row: Insertable<NamedModelsTable>,
): Promise<void> => {
  await db.insertInto('named_models').values(row).execute()
}

export const findModel = (db: Database, name: string): Promise<ModelRow | undefined> =>
  db.selectFrom('named_models').selectAll().where('name', '=', name).executeTakeFirst()

/** All models, in the order of their names. */
export const listModels = (db: Database): Promise<ModelRow[]> =>
  db.selectFrom('named_models').selectAll().orderBy('name').execute()

/** Changes which versions of a model answer, or the last number that was given to one. */
export const updateModel = async (
  db: Database,
  name: string,
  changed: Omit<Updateable<NamedModelsTable>, 'name'>,
): Promise<void> => {
  await db.updateTable('named_models').set(changed).where('name', '=', name).execute()
}
