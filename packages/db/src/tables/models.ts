import type { Selectable } from 'kysely'
import type { Database, Instant, ModelsTable } from '../schema.ts'

export type ModelRow = Selectable<ModelsTable>

export type NewModelRow = {
  readonly sha256: string
  readonly json: string
  readonly created_at: Instant
}

/** Adds a model as the newest version and gives that version. */
export const insertModel = async (db: Database, row: NewModelRow): Promise<number> => {
  const { version } = await db
    .insertInto('models')
    .values(row)
    .returning('version')
    .executeTakeFirstOrThrow()
  return version
}

/** The newest version's number; none while nothing has been fitted. With `below`, the newest of those before it. */
export const findLatestVersion = async (
  db: Database,
  below = Number.MAX_SAFE_INTEGER,
): Promise<number | undefined> => {
  const row = await db
    .selectFrom('models')
    .select('version')
    .where('version', '<', below)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.version
}

export const findModel = (db: Database, version: number): Promise<ModelRow | undefined> =>
  db.selectFrom('models').selectAll().where('version', '=', version).executeTakeFirst()
