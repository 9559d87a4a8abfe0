import { type Kysely, type RawBuilder, sql } from 'kysely'
import { isPostgres } from '../connection/engine.ts'

/** All models of before were logistic regressions. */
const format = 'dsapi-logistic-regression'
const pieceBytes = 2 ** 20

type Moved = {
  readonly newest: number
  readonly createdAt: number
  /** The newest first. */
  readonly older: readonly number[]
  /** The last number that was given to a version, which may have been deleted since. */
  readonly last: number
}

/**
 * Makes the models of before the versions of `default`, with their numbers and hashes. What they ask and answer is not
 * known here: it is in their files.
 *
 * @returns undefined when there are none
 */
export const moveVersions = async (db: Kysely<unknown>): Promise<Moved | undefined> => {
  const { rows } = await sql<{ version: number; size: number; created_at: number }>`
    select version, octet_length(json) as size, created_at from models order by version desc`.execute(
    db,
  )
  for (const row of rows) await moveVersion(db, row)
  const [newest, ...older] = rows
  if (newest === undefined) return undefined
  const last = Math.max(newest.version, await lastGiven(db))
  return {
    ...{ newest: newest.version, createdAt: newest.created_at, last },
    older: older.map(({ version }) => version),
  }
}

/** Has `default` serve the newest version, as before. */
export const insertDefault = (db: Kysely<unknown>, { newest, createdAt, older, last }: Moved) =>
  sql`
  insert into named_models (name, last_version, served, history, changed_at)
  values ('default', ${last}, ${newest}, ${JSON.stringify(older)}, ${createdAt})`.execute(db)

const moveVersion = async (
  db: Kysely<unknown>,
  { version, size }: { readonly version: number; readonly size: number },
) => {
  await sql`
    insert into model_versions
      (name, version, sha256, artifact_sha256, size, format, options, created_at, created_by)
    select 'default', version, sha256, sha256, octet_length(json), ${format}, '{}', created_at, ''
    from models where version = ${version}`.execute(db)
  const bytes = isPostgres(db) ? sql`convert_to(json, 'UTF8')` : sql`cast(json as blob)`
  for (let start = 0; start < Math.max(size, 1); start += pieceBytes) {
    await insertPiece(db, version, start, bytes)
  }
}

/** Two versions of the same file have its pieces once. */
const insertPiece = (
  db: Kysely<unknown>,
  version: number,
  start: number,
  bytes: RawBuilder<unknown>,
) =>
  sql`
  insert into artifact_pieces (sha256, position, created_at, content)
  select sha256, ${sql.lit(start / pieceBytes)}, created_at,
    substr(${bytes}, ${sql.lit(start + 1)}, ${sql.lit(pieceBytes)})
  from models where version = ${version}
  on conflict (sha256, position) do nothing`.execute(db)

const lastGiven = async (db: Kysely<unknown>): Promise<number> => {
  const { rows } = await (isPostgres(db)
    ? sql<{ last: number | null }>`
        select pg_sequence_last_value(pg_get_serial_sequence('models', 'version')::regclass) as last`
    : sql<{ last: number }>`select seq as last from sqlite_sequence where name = 'models'`
  ).execute(db)
  return rows[0]?.last ?? 0
}
