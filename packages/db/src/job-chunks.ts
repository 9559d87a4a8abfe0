import type { SelectQueryBuilder } from 'kysely'
import type { Database, Instant, Schema } from './schema.ts'

/** What came with a job, or what came of it, in pieces of whole lines. */
export type ChunkPart = 'input' | 'output'

/** The place of a piece; positions count from 0 without gaps. */
export type ChunkPlace = {
  readonly jobId: string
  readonly part: ChunkPart
  readonly position: number
}

/** Writes a piece; one that is there already, from an earlier attempt, is replaced. */
export const putChunk = async (
  db: Database,
  place: ChunkPlace,
  { content, now }: { readonly content: string; readonly now: Instant },
): Promise<void> => {
  const { jobId: job_id, part, position } = place
  await db
    .insertInto('job_chunks')
    .values({ job_id, part, position, content, created_at: now })
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

type Some = { readonly limit: number }

/** Deletes at most `limit` pieces of these jobs; says how many there were. A piece is about a megabyte. */
export const deleteSomeChunks = (
  db: Database,
  { jobIds, limit }: Some & { readonly jobIds: readonly string[] },
): Promise<number> => {
  if (jobIds.length === 0) return Promise.resolve(0)
  const ofJobs = db.selectFrom('job_chunks').where('job_id', 'in', jobIds)
  return deleteChunks(db, ofJobs, limit)
}

/** Deletes at most `limit` pieces that were written before an instant and whose job never came. */
export const deleteOrphanChunks = (
  db: Database,
  { before, limit }: Some & { readonly before: Instant },
): Promise<number> => {
  const orphans = db
    .selectFrom('job_chunks')
    .where('created_at', '<', before)
    .where('job_id', 'not in', (eb) => eb.selectFrom('jobs').select('id'))
  return deleteChunks(db, orphans, limit)
}

const deleteChunks = async (
  db: Database,
  chosen: SelectQueryBuilder<Schema, 'job_chunks', object>,
  limit: number,
) => {
  const places = chosen.select(['job_id', 'part', 'position']).limit(limit)
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
  return Number(numDeletedRows)
}
