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
export const deleteUnusedFile = (db: Database, sha256: string): Promise<void> =>
  deleteInCommits(db, (unused) => unused.where('sha256', '=', sha256))

/** Deletes the pieces from before an instant that no version has, such as those of an upload that was cut. */
export const deleteUnusedPieces = (db: Database, before: Instant): Promise<void> =>
  deleteInCommits(db, (unused) => unused.where('created_at', '<', before))

type Pieces = SelectQueryBuilder<Schema, 'artifact_pieces', object>

/** Deletes under the lock under which versions are added: a version that is added meanwhile finds its file whole, or sees
 * that it is not. */
const deleteInCommits = async (db: Database, choose: (unused: Pieces) => Pieces) => {
  const deleteSome = async (transaction: Database) => {
    await takeAdvisoryLock(transaction, 'models')
    const chosen = choose(unusedPieces(transaction))
    const places = chosen.select(['sha256', 'position']).limit(deletedAtOnce)
    const { numDeletedRows } = await transaction
      .deleteFrom('artifact_pieces')
      .where((eb) =>
        eb(eb.refTuple('sha256', 'position'), 'in', places.$asTuple('sha256', 'position')),
      )
      .executeTakeFirstOrThrow()
    return numDeletedRows === BigInt(deletedAtOnce)
  }
  while (await groupCommit(db, deleteSome));
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
