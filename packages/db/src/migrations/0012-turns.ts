import { type Kysely, sql } from 'kysely'

/** Waiting jobs by owner, so that workers can take jobs of one owner after another. */
export const up = async (db: Kysely<unknown>): Promise<void> => {
  await db.schema.dropIndex('jobs_queued').execute()
  await db.schema
    .createIndex('jobs_queued')
    .on('jobs')
    .columns(['key_id', 'run_at', 'id'])
    .where(sql.ref('state'), '=', sql.lit('queued'))
    .execute()
}
