import type { SelectQueryBuilder } from 'kysely'
import { groupCommit } from '../connection/group-commit.ts'
import type { Database, Instant, Schema } from '../schema.ts'
import { storableText } from './storable-text.ts'

/** What came with a job, or what came of it, in chunks of whole lines. */
export type ChunkPart = 'input' | 'output'

/** The place of a chunk; positions count from 0 without gaps. */
export type ChunkPlace = {
  readonly jobId: string
  readonly part: ChunkPart
  readonly position: number
}

/** Writes a chunk, as text that can be stored; one that is there already, from an earlier attempt, is replaced. */
export const putChunk = async (
  db: Database,
  place: ChunkPlace,
  options: { readonly content: string; readonly now: Instant },
): Promise<void> => {
  const { jobId: job_id, part, position } = place
  const content = storableText(options.content)
  await db
    .insertInto('job_chunks')
    .values({ job_id, part, position, content, created_at: options.now })
    .onConflict((conflict) =>
      conflict.columns(['job_id', 'part', 'position']).doUpdateSet({ content }),
    )
    .execute()
}

export const findChunk = async (db: Database, place: ChunkPlace): Promise<string | undefined> => {
  const row = await db
    .selectFrom('job_chunks')
    .select('content')
    .where('job_id', '=', place.jobId)
    .where('part', '=', place.part)
    .where('position', '=', place.position)
    .executeTakeFirst()
  return row?.content
}

/** How many chunks are deleted in one commit, so that nobody waits for it for long: each is about a megabyte. */
const deletedAtOnce = 8

/** Deletes chunks of these jobs, as many as one commit may; says whether there may be more. */
export const deleteSomeChunks = (db: Database, jobIds: readonly string[]): Promise<boolean> =>
  jobIds.length === 0
    ? Promise.resolve(false)
    : deleteSome(db, db.selectFrom('job_chunks').where('job_id', 'in', jobIds))

/** Deletes chunks of what came of a job, as many as one commit may; says whether there may be more. */
export const deleteSomeOutput = (db: Database, jobId: string): Promise<boolean> =>
  deleteSome(
    db,
    db.selectFrom('job_chunks').where('job_id', '=', jobId).where('part', '=', 'output'),
  )

/**
 * Deletes the chunks that came for a job which was not written down, in as many commits as that takes. Those of a job
 * that is there after all, since only the answer to its commit was lost, stay.
 */
export const deleteChunksWithoutJob = (db: Database, jobId: string): Promise<void> => {
  const orphans = withoutJob(db).where('job_id', '=', jobId)
  return inCommits(db, (transaction) => deleteSome(transaction, orphans))
}

const withoutJob = (db: Database) =>
  db
    .selectFrom('job_chunks')
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('jobs').select('id').whereRef('jobs.id', '=', 'job_chunks.job_id'))),
    )

const inCommits = async (db: Database, deleteSome: (db: Database) => Promise<boolean>) => {
  while (await groupCommit(db, deleteSome));
}

const deleteSome = async (
  db: Database,
  chosen: SelectQueryBuilder<Schema, 'job_chunks', object>,
): Promise<boolean> => {
  const places = chosen.select(['job_id', 'part', 'position']).limit(deletedAtOnce)
  const { numDeletedRows } = await db
    .deleteFrom('job_chunks')
    .where((eb) =>
      eb(
        eb.refTuple('job_id', 'part', 'position'),
        'in',
        places.$asTuple('job_id', 'part', 'position'),
      ),
    )
    .executeTakeFirstOrThrow()
  return numDeletedRows === BigInt(deletedAtOnce)
}
