import { sql } from 'kysely'
import { nameOfDatabase } from '../connection/database-settings.ts'
import { DatabaseError } from '../connection/errors.ts'
import type { Database } from '../schema.ts'

/** The oldest major version that the tests run on is newer; this one is the oldest that knows all of our SQL. */
const oldestVersion = 12

const ourTables = [
  'data',
  'api_keys',
  'audit',
  'usage',
  'models',
  'named_models',
  'jobs',
  'job_chunks',
  'predictions',
  'model_versions',
  'artifact_pieces',
  'model_audit',
  'model_evaluations',
  'model_training',
]
const rights = ['SELECT', 'INSERT', 'UPDATE', 'DELETE']

type Conditions = {
  readonly version: number
  readonly encoding: string
  readonly isStandby: boolean
  readonly isReadOnly: boolean
  readonly schema: string | null
  readonly isForeign: boolean
}

/** The code and the words for the first condition that is not met; undefined where all are. */
const complaintAbout = (
  found: Conditions,
): readonly [DatabaseError['code'], string] | undefined => {
  const major = Math.floor(found.version / 10_000)
  if (major < oldestVersion) {
    return ['unusable', `runs on PostgreSQL ${major}. dsapi needs ${oldestVersion} or newer.`]
  }
  if (found.encoding !== 'UTF8') {
    return [
      'unusable',
      `is encoded in ${found.encoding}, which cannot hold all names. Make one for dsapi with the encoding UTF8: createdb --encoding UTF8 --template template0.`,
    ]
  }
  if (found.isStandby) {
    return ['unusable', 'is a standby, which only reads. Set DATABASE_URL to its primary.']
  }
  if (found.isReadOnly) {
    return [
      'unusable',
      'only reads (default_transaction_read_only is on). Switch that off for this user and database: ALTER DATABASE … SET default_transaction_read_only = off.',
    ]
  }
  if (found.schema === null) {
    return [
      'refused',
      'has no schema that this user may use (search_path). Allow one: GRANT USAGE, CREATE ON SCHEMA public TO ….',
    ]
  }
  if (found.isForeign) {
    return [
      'foreign',
      'is a database of another program. It was left as it was: make one for dsapi, and set DATABASE_URL to it.',
    ]
  }
  return undefined
}

/**
 * Looks before anything is made, for Kysely makes its own tables before it runs a migration, and so that no condition is
 * first found at the first odd value.
 *
 * @throws DatabaseError
 */
export const refuseUnusable = async (db: Database, url: string): Promise<void> => {
  const { rows } = await sql<Conditions>`
    select current_setting('server_version_num')::int as version,
      current_setting('server_encoding') as encoding,
      pg_is_in_recovery() as "isStandby",
      current_setting('transaction_read_only') = 'on' as "isReadOnly",
      current_schema() as schema,
      to_regclass('kysely_migration') is null
        and exists (select 1 from unnest(${ourTables}::text[]) as name where to_regclass(name) is not null)
        as "isForeign"`.execute(db)
  const complaint = complaintAbout(rows[0])
  if (complaint === undefined) return
  const [code, says] = complaint
  throw new DatabaseError(code, `The database ${nameOfDatabase(url)} ${says}`)
}

/**
 * Refuses a user that may not do what dsapi does with its tables, once they are there: somebody else may have made them.
 *
 * @throws DatabaseError
 */
export const refuseWithoutRights = async (db: Database, url: string): Promise<void> => {
  const { rows } = await sql<{ missing: string }>`
    select wanted || ' on ' || name as missing
    from unnest(${ourTables}::text[]) as name, unnest(${rights}::text[]) as wanted
    where not has_table_privilege(name, wanted)
    limit 1`.execute(db)
  if (rows.length === 0) return
  throw new DatabaseError(
    'refused',
    `The database ${nameOfDatabase(url)} cannot be used: this user lacks ${rows[0].missing}. Allow it: GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA … TO ….`,
  )
}
