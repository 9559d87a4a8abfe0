import { sql } from 'kysely'
import { type MigrationProvider, Migrator } from 'kysely/migration'
import * as initial from '../migrations/0001-initial.ts'
import * as keys from '../migrations/0002-keys.ts'
import * as jobs from '../migrations/0003-jobs.ts'
import * as predictions from '../migrations/0004-predictions.ts'
import * as jobOrigin from '../migrations/0005-job-origin.ts'
import * as jobModel from '../migrations/0006-job-model.ts'
import * as models from '../migrations/0007-models.ts'
import * as keyModels from '../migrations/0008-key-models.ts'
import * as jobLists from '../migrations/0009-job-lists.ts'
import * as consoleSessions from '../migrations/0010-console-sessions.ts'
import * as traffic from '../migrations/0011-traffic.ts'
import * as turns from '../migrations/0012-turns.ts'
import * as retention from '../migrations/0013-retention.ts'
import * as webhooks from '../migrations/0014-webhooks.ts'
import * as evaluations from '../migrations/0015-evaluations.ts'
import * as keyJobs from '../migrations/0016-key-jobs.ts'
import * as auditLists from '../migrations/0017-audit-lists.ts'
import type { Database } from '../schema.ts'
import { nameOfDatabase } from './database-settings.ts'
import { hasTable, migratingAlone } from './engine.ts'
import { DatabaseError } from './errors.ts'

export const migrations = {
  '0001-initial': initial,
  '0002-keys': keys,
  '0003-jobs': jobs,
  '0004-predictions': predictions,
  '0005-job-origin': jobOrigin,
  '0006-job-model': jobModel,
  '0007-models': models,
  '0008-key-models': keyModels,
  '0009-job-lists': jobLists,
  '0010-console-sessions': consoleSessions,
  '0011-traffic': traffic,
  '0012-turns': turns,
  '0013-retention': retention,
  '0014-webhooks': webhooks,
  '0015-evaluations': evaluations,
  '0016-key-jobs': keyJobs,
  '0017-audit-lists': auditLists,
}
const provider: MigrationProvider = { getMigrations: async () => migrations }

/**
 * Brings the schema up to date, all of it or nothing. Of several processes that start at once, one migrates. The others
 * wait for it and find nothing left to do.
 *
 * @param onMigrated is called with the names of the migrations that were run here, if any were
 * @throws DatabaseError `newer` when the database was made by a later version of dsapi, `foreign` when it has
 *   tables of another program with the names of our tables
 */
export const migrate = (
  db: Database,
  onMigrated: (names: readonly string[]) => void = () => {},
): Promise<void> =>
  db.connection().execute(async (connection) => {
    if (await isUpToDate(connection)) return // The lock may be held by a host that is gone.
    await migratingAlone(connection, async () => {
      const migrator = new Migrator({ db: connection, provider })
      const { error, results = [] } = await migrator.migrateToLatest()
      if (error === undefined) {
        if (results.length > 0) onMigrated(results.map(({ migrationName }) => migrationName))
        return
      }
      throw isFromTheFuture(error)
        ? new DatabaseError(
            'newer',
            'This database was made by a newer version of dsapi. Run that version, or set DATABASE_URL to another database.',
            { cause: error },
          )
        : error
    })
  })

/** @throws DatabaseError when not all migrations have run, or others have */
export const requireUpToDate = async (db: Database, url: string): Promise<void> => {
  if (await isUpToDate(db)) return
  throw new DatabaseError(
    'unusable',
    `The schema of ${nameOfDatabase(url)} is not that of this version of dsapi. Migrate it first: dsapi db migrate. If a newer version made it, run that version.`,
  )
}

/** Whether all migrations have run that this version knows, and no others. */
const isUpToDate = async (db: Database): Promise<boolean> => {
  if (!(await hasTable(db, 'kysely_migration'))) return false
  const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(db)
  const known = Object.keys(migrations)
  return rows.length === known.length && rows.every(({ name }) => known.includes(name))
}

/** Kysely's words for a migration that has been run here and that this version does not know. */
const isFromTheFuture = (error: unknown) =>
  error instanceof Error && /previously executed migration .* is missing/.test(error.message)

/** The newest migration that was run on a database. */
export const findLastMigration = async (db: Database): Promise<string> => {
  const { rows } = await sql<{ name: string }>`
    select name from kysely_migration order by name desc limit 1`.execute(db)
  return rows[0].name
}
