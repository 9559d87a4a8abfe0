import { type Kysely, sql } from 'kysely'

/** What lists of the jobs of all owners are filtered by. The indexes leave out what most jobs are, since each entry costs
 * time in the commit of a job. */
export const up = async (db: Kysely<unknown>): Promise<void> => {
  await db.schema
    .createIndex('jobs_ended_by_state')
    .on('jobs')
    .columns(['state', 'created_at', 'id'])
    .where(sql<boolean>`state in ('succeeded', 'failed', 'cancelled')`)
    .execute()
  await db.schema
    .createIndex('jobs_by_kind')
    .on('jobs')
    .columns(['kind', 'created_at', 'id'])
    .where(sql<boolean>`kind <> 'slow-prediction'`)
    .execute()
  await db.schema
    .createIndex('jobs_by_model')
    .on('jobs')
    .columns(['model_name', 'created_at', 'id'])
    .where(sql<boolean>`model_name <> 'default'`)
    .execute()
}
