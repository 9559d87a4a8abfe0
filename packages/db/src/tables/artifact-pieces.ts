import type { SelectQueryBuilder } from 'kysely'
import { sql } from 'kysely'
import { takeAdvisoryLock } from '../connection/engine.ts'
import { groupCommit } from '../connection/group-commit.ts'
import type { Database, Instant, Schema } from '../schema.ts'

/** The place of a piece in a file that its hash names; positions count from 0 without gaps. */
export type PiecePlace = { readonly sha256: string; readonly position: number }

/** Writes a piece; one that is there already, perhaps damaged, is replaced. */
export const putPiece = async (
  db: Database,
  { sha256, position }: PiecePlace,
  { content, now }: { readonly content: Uint8Array; readonly now: Instant },
): Promise<void> => {
  await db
    .insertInto('artifact_pieces')
    .values({ sha256, position, content, created_at: now })
    .onConflict((conflict) => conflict.columns(['sha256', 'position']).doUpdateSet({ content }))
    .execute()
}

export const findPiece = async (
  db: Database,
  { sha256, position }: PiecePlace,
): Promise<Uint8Array | undefined> => {
  const row = await db
    .selectFrom('artifact_pieces')
    .select('content')
    .where('sha256', '=', sha256)
    .where('position', '=', position)
    .executeTakeFirst()
  return row?.content
}

/** Deletes the pieces of a file from a position on. */
export const deletePiecesFrom = async (
  db: Database,
  { sha256, position }: PiecePlace,
): Promise<void> => {
  await db
    .deleteFrom('artifact_pieces')
    .where('sha256', '=', sha256)
    .where('position', '>=', position)
    .execute()
}

/** How many bytes all pieces of a file have together; 0 where none is there. */
export const countPieceBytes = async (db: Database, sha256: string): Promise<number> => {
  const row = await db
    .selectFrom('artifact_pieces')
    .select(sql<number>`cast(coalesce(sum(octet_length(content)), 0) as bigint)`.as('bytes'))
    .where('sha256', '=', sha256)
    .executeTakeFirstOrThrow()
  return row.bytes
}

/** How many pieces are deleted in one commit, so that nobody waits for it for long: each is about a mebibyte. */
const deletedAtOnce = 8

/** Deletes the pieces of a file that no version has any more, in as many commits as that takes. */
export const deleteUnusedFile = async (db: Database, sha256: string): Promise<void> => {
  const deleteSome = (transaction: Database) =>
    deleteUnused(transaction, deletedAtOnce, (unused) => unused.where('sha256', '=', sha256))
  while ((await groupCommit(db, deleteSome)) === deletedAtOnce);
}

/** Deletes pieces from before an instant that no version has, such as those of an upload that was cut. Returns how many. */
export const deleteUnusedPieces = (
  transaction: Database,
  { before, limit }: { readonly before: Instant; readonly limit: number },
): Promise<number> =>
  deleteUnused(transaction, limit, (unused) => unused.where('created_at', '<', before))

/** Finds the files of such pieces, by their hashes. */
export const listUnusedFiles = async (
  db: Database,
  { before, limit }: { readonly before: Instant; readonly limit: number },
): Promise<string[]> => {
  const rows = await unusedPieces(db)
    .select('sha256')
    .distinct()
    .where('created_at', '<', before)
    .limit(limit)
    .execute()
  return rows.map(({ sha256 }) => sha256)
}

type Pieces = SelectQueryBuilder<Schema, 'artifact_pieces', object>

/** Deletes under the lock under which versions are added: a version that is added meanwhile finds its file whole, or sees
 * that it is not. */
const deleteUnused = async (
  transaction: Database,
  limit: number,
  choose: (unused: Pieces) => Pieces,
): Promise<number> => {
  await takeAdvisoryLock(transaction, 'models')
  const places = choose(unusedPieces(transaction)).select(['sha256', 'position']).limit(limit)
  const { numDeletedRows } = await transaction
    .deleteFrom('artifact_pieces')
    .where((eb) =>
      eb(eb.refTuple('sha256', 'position'), 'in', places.$asTuple('sha256', 'position')),
    )
    .executeTakeFirstOrThrow()
  return Number(numDeletedRows)
}

const unusedPieces = (db: Database) =>
  db.selectFrom('artifact_pieces').where(({ not, or, exists, selectFrom }) => {
    const versionWith = (column: 'artifact_sha256' | 'samples_sha256') =>
      exists(
        selectFrom('model_versions')
          .select('name')
          .whereRef(`model_versions.${column}`, '=', 'artifact_pieces.sha256'),
      )
    return not(or([versionWith('artifact_sha256'), versionWith('samples_sha256')]))
  })
