import { type Insertable, type Selectable, sql } from 'kysely'
import { jsonElements } from '../connection/engine.ts'
import type { Database, Instant, PredictionsTable } from '../schema.ts'

export type PredictionRow = Selectable<PredictionsTable>
export type NewPredictionRow = Insertable<PredictionsTable>

/** Adds predictions to the log. They are handed over as one text, so that the statement is the same for any
 * number of rows: statements are kept, and a thousand long ones would push out all others. */
export const insertPredictions = async (
  db: Database,
  rows: readonly NewPredictionRow[],
): Promise<void> => {
  const cells = rows.map((row) => [
    ...[row.at, row.owner_id, row.request_id, row.kind, row.model],
    ...[row.features, row.answer, row.latency_us, row.model_name ?? 'default'],
  ])
  await sql`
    insert into predictions (at, owner_id, request_id, kind, model, features, answer, latency_us,
      model_name)
    select cast(value ->> 0 as bigint), value ->> 1, value ->> 2, value ->> 3,
      value ->> 4, value ->> 5, value ->> 6, cast(value ->> 7 as bigint), value ->> 8
    from ${jsonElements(db, cells)}`.execute(db)
}

type NewestOptions = {
  readonly since: Instant
  /** Of this model only. */
  readonly modelName?: string | undefined
  /** The last row of the page before. */
  readonly before?: Pick<PredictionRow, 'at' | 'id'> | undefined
  readonly limit: number
}

/** Predictions since an instant, the newest first. */
export const listNewestPredictions = (
  db: Database,
  { since, modelName, before, limit }: NewestOptions,
): Promise<PredictionRow[]> => {
  let query = db.selectFrom('predictions').selectAll().where('at', '>=', since)
  if (modelName !== undefined) query = query.where('model_name', '=', modelName)
  if (before !== undefined) {
    query = query.where((eb) => eb(eb.refTuple('at', 'id'), '<', eb.tuple(before.at, before.id)))
  }
  return query.orderBy('at', 'desc').orderBy('id', 'desc').limit(limit).execute()
}

/** The newest prediction of a model; none where none was ever logged, or all are too old to be kept. */
export const findNewestPrediction = async (
  db: Database,
  modelName: string,
): Promise<PredictionRow | undefined> =>
  (await listNewestPredictions(db, { since: 0, modelName, limit: 1 }))[0]
