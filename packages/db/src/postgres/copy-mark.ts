import { sql } from 'kysely'
import type { Database, Instant } from '../schema.ts'

// What a copy notes in its target, in a table that nobody else makes.

export type Mark = {
  /** Which database is copied; see `identityOf`. */
  readonly identity: string
  readonly begunAt: Instant
  /** None while the copy is not whole. */
  readonly finishedAt: Instant | null
  /** Of all rows as they were when the copy was finished. It shows whether the target was used since then. */
  readonly sha256: string | null
}

/** What a SQLite database is known by, wherever its file lies: the instant at which its first table was made. */
export const identityOf = async (source: Database): Promise<string> => {
  const { rows } = await sql<{ timestamp: string }>`
    select timestamp from kysely_migration order by name limit 1`.execute(source)
  return rows[0].timestamp
}

/** The mark in a PostgreSQL database; none where no copy was ever begun. */
export const findMark = async (target: Database): Promise<Mark | undefined> => {
  const { rows: tables } = await sql<{ isThere: boolean }>`
    select to_regclass('copied_from') is not null as "isThere"`.execute(target)
  if (!tables[0].isThere) return undefined
  const { rows } = await sql<Mark>`
    select identity, begun_at as "begunAt", finished_at as "finishedAt", sha256
    from copied_from`.execute(target)
  return rows[0]
}

/** Marks a database as the beginning of a copy. */
export const markBegun = async (
  target: Database,
  { identity, now }: { readonly identity: string; readonly now: Instant },
): Promise<void> => {
  await sql`create table copied_from (
    identity text not null, begun_at bigint not null, finished_at bigint, sha256 text)`.execute(
    target,
  )
  await sql`insert into copied_from (identity, begun_at) values (${identity}, ${now})`.execute(
    target,
  )
}

/** Marks a finished copy as one that goes on. */
export const markUnfinished = async (target: Database): Promise<void> => {
  await sql`update copied_from set finished_at = null, sha256 = null`.execute(target)
}

export const markFinished = async (
  target: Database,
  { sha256, now }: { readonly sha256: string; readonly now: Instant },
): Promise<void> => {
  await sql`update copied_from set finished_at = ${now}, sha256 = ${sha256}`.execute(target)
}
