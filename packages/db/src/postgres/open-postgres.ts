import { Kysely, PostgresDialect } from 'kysely'
import { type DatabaseSettings, nameOfDatabase } from '../connection/database-settings.ts'
import { DatabaseError } from '../connection/errors.ts'
import { migrate } from '../connection/migrate.ts'
import type { OpenOptions } from '../connection/open-options.ts'
import type { Database, Schema } from '../schema.ts'
import { clientConfig } from './client-config.ts'
import { findMark } from './copy-mark.ts'
import { createPool } from './create-pool.ts'
import { explainFailure } from './explain-failure.ts'
import { rememberSettings } from './listen.ts'
import { refuseUnusable, refuseWithoutRights } from './refuse-unusable.ts'

const defaultPoolSize = 5

/** Opens a database of PostgreSQL, with a pool of connections that are made when they are needed. */
export const openPostgres = async (
  settings: DatabaseSettings,
  options: OpenOptions,
): Promise<Database> => {
  try {
    await migrateFirst(settings, options)
  } catch (error) {
    throw explainFailure(settings.url, error)
  }
  const db = open(settings, options, {
    isPatient: false,
    poolSize: settings.poolSize ?? defaultPoolSize,
  })
  rememberSettings(db, settings)
  return db
}

/** On a connection of its own, since a migration may take longer than any other statement may. */
const migrateFirst = async (settings: DatabaseSettings, options: OpenOptions) => {
  const db = open(settings, options, { isPatient: true, poolSize: 1 })
  try {
    await refuseUnusable(db, settings.url)
    if (!options.evenUnfinished) await refuseUnfinished(db, settings.url)
    await migrate(db, options.onMigrated)
    await refuseWithoutRights(db, settings.url)
  } finally {
    await db.destroy()
  }
}

const open = (
  settings: DatabaseSettings,
  { evenUnfinished: isCopy = false }: OpenOptions,
  { isPatient, poolSize }: { readonly isPatient: boolean; readonly poolSize: number },
): Database => {
  const pool = createPool({ ...clientConfig(settings, { isPatient, isCopy }), max: poolSize })
  return new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) })
}

/** What is written into an unfinished copy is lost as soon as the copy goes on. */
const refuseUnfinished = async (db: Database, url: string) => {
  const mark = await findMark(db)
  if (mark === undefined || mark.finishedAt !== null) return
  throw new DatabaseError(
    'unfinished',
    `${nameOfDatabase(url)} is being copied into, or a copy into it was broken off. Finish it: dsapi db copy, as it was begun.`,
  )
}
