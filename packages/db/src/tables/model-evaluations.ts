import type { Insertable, Selectable } from 'kysely'
import type { Database, ModelEvaluationsTable } from '../schema.ts'

export type ModelEvaluationRow = Selectable<ModelEvaluationsTable>

type VersionKey = { readonly name: string; readonly version: number }

export const insertModelEvaluation = async (
  db: Database,
  row: Insertable<ModelEvaluationsTable>,
): Promise<void> => {
  await db.insertInto('model_evaluations').values(row).execute()
}

/** The evaluations of a version, the newest first. */
export const listModelEvaluations = (
  db: Database,
  { name, version }: VersionKey,
): Promise<ModelEvaluationRow[]> =>
  db
    .selectFrom('model_evaluations')
    .selectAll()
    .where('name', '=', name)
    .where('version', '=', version)
    .orderBy('id', 'desc')
    .execute()

/** Deletes the evaluations of a version, except the newest. */
export const deleteModelEvaluations = async (
  db: Database,
  { name, version }: VersionKey,
  { kept }: { readonly kept: number },
): Promise<void> => {
  const newest = db
    .selectFrom('model_evaluations')
    .select('id')
    .where('name', '=', name)
    .where('version', '=', version)
    .orderBy('id', 'desc')
    .limit(kept)
  await db
    .deleteFrom('model_evaluations')
    .where('name', '=', name)
    .where('version', '=', version)
    .where('id', 'not in', newest)
    .execute()
}
