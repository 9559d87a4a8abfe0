import type { Insertable, Selectable, Updateable } from 'kysely'
import type { Database, ModelsTable } from '../schema.ts'

export type ModelRow = Selectable<ModelsTable>

export const insertModel = async (db: Database, row: Insertable<ModelsTable>): Promise<void> => {
  await db.insertInto('models').values(row).execute()
}

export const findModel = (db: Database, name: string): Promise<ModelRow | undefined> =>
  db.selectFrom('models').selectAll().where('name', '=', name).executeTakeFirst()

/** All models, in the order of their names. */
export const listModels = (db: Database): Promise<ModelRow[]> =>
  db.selectFrom('models').selectAll().orderBy('name').execute()

/** Changes which versions of a model answer, or the last number that was given to one. */
export const updateModel = async (
  db: Database,
  name: string,
  changed: Omit<Updateable<ModelsTable>, 'name'>,
): Promise<void> => {
  await db.updateTable('models').set(changed).where('name', '=', name).execute()
}
