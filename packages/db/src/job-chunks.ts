import type { Database, Instant } from './schema.ts'

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

export const deleteChunks = async (db: Database, jobIds: readonly string[]): Promise<void> => {
  if (jobIds.length === 0) return
  await db.deleteFrom('job_chunks').where('job_id', 'in', jobIds).execute()
}

/** Deletes the pieces that were written before an instant and whose job never came. */
export const deleteOrphanChunks = async (db: Database, before: Instant): Promise<void> => {
  await db
    .deleteFrom('job_chunks')
    .where('created_at', '<', before)
    .where('job_id', 'not in', (eb) => eb.selectFrom('jobs').select('id'))
    .execute()
}
