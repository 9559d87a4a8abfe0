import {
  type ChunkPart,
  type Database,
  DatabaseUnreachableError,
  deleteChunksWithoutJob,
  deleteSomeOutput,
  findChunk,
  groupCommit,
  putChunk,
} from '@dsapi/db'
import type { Submitted } from '../jobs/submit-job.ts'
import type { Task } from '../work/run-job.ts'

// How the rows of a batch are stored: as chunks of whole lines beside the job's row, since they are too large for it. What
// a line means is known to the package of the formats.

/** Stores one chunk after another. */
export type ChunkWriter = {
  readonly write: (content: string) => Promise<void>
  /** How many chunks are stored. A reader has to know it, so it belongs into the job's row. */
  readonly count: () => number
}

/** A chunk is gone: the time is over for which what came of the job is kept, or the batch was not stored in full. */
export class MissingChunkError extends Error {
  override readonly name = 'MissingChunkError'

  constructor(part: ChunkPart, position: number, jobId: string) {
    super(`Chunk ${position} of the ${part} of batch ${jobId} is missing`)
  }
}

/**
 * Stores the input of a batch, each chunk in a commit as it arrives, and submits its job last of all, so that an upload
 * which is broken off leaves no job. Without a job the chunks are removed again.
 *
 * @param submit stores all chunks, and then submits the job
 */
export const submitWithInput = async <T extends Pick<Submitted, 'outcome'>>(
  db: Database,
  jobId: string,
  submit: (input: ChunkWriter) => Promise<T>,
): Promise<T> => {
  const remove = () => deleteChunksWithoutJob(db, jobId).catch(() => {})
  try {
    const submitted = await submit(writeChunks(jobId, 'input', (write) => groupCommit(db, write)))
    if (submitted.outcome !== 'created') await remove()
    return submitted
  } catch (error) {
    // The commit of the job may still be under way, though its answer was lost. Chunks that remain without a job are
    // removed a day later, as those of an upload that was broken off.
    if (!(error instanceof DatabaseUnreachableError)) await remove()
    throw error
  }
}

/** Stores the output of a batch, provided that the attempt still holds the job. Chunks that an earlier attempt left are
 * replaced. */
export const writeOutputChunks = (task: Pick<Task, 'id' | 'write'>): ChunkWriter =>
  writeChunks(task.id, 'output', task.write)

/** Removes what an attempt has stored of an output that will not be complete. What remains when that fails is removed
 * with the job. */
export const removeOutputChunks = async (task: Pick<Task, 'id' | 'write'>): Promise<void> => {
  let isMore = true
  while (isMore) {
    await task
      .write(async (transaction) => {
        isMore = await deleteSomeOutput(transaction, task.id)
      })
      .catch(() => {
        isMore = false
      })
  }
}

/** Reads the input of a batch, a chunk at a time.
 * @throws MissingChunkError */
export const readInputChunks = (db: Database, jobId: string, count: number) =>
  readChunks(db, jobId, 'input', count)

/** Reads the output of a batch, a chunk at a time.
 * @throws MissingChunkError */
export const readOutputChunks = (db: Database, jobId: string, count: number) =>
  readChunks(db, jobId, 'output', count)

type Commit = (write: (db: Database) => Promise<void>) => Promise<void>

const writeChunks = (jobId: string, part: ChunkPart, commit: Commit): ChunkWriter => {
  let count = 0
  return {
    write: async (content) => {
      const place = { jobId, part, position: count++ }
      await commit((transaction) => putChunk(transaction, place, { content, now: Date.now() }))
    },
    count: () => count,
  }
}

async function* readChunks(
  db: Database,
  jobId: string,
  part: ChunkPart,
  count: number,
): AsyncGenerator<string, void> {
  for (let position = 0; position < count; position++) {
    const content = await findChunk(db, { jobId, part, position })
    if (content === undefined) throw new MissingChunkError(part, position, jobId)
    yield content
  }
}
