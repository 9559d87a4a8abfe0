import { randomUUID } from 'node:crypto'
import { type Database, hasQueuedJobs, insertJob } from '@dsapi/db'
import type { Dispatcher } from './dispatcher.ts'
import type { JobId } from './job.ts'

/** So many jobs wait already that another would only wait in vain. */
export class QueueFullError extends Error {
  override readonly name = 'QueueFullError'

  constructor(limit: number) {
    super(`${limit} jobs or more are waiting`)
  }
}

/**
 * Writes a job down, and only then tells the workers. When this returns, the job is on disk: what
 * happens to the dispatcher, a worker or this process from then on can delay it, not lose it.
 *
 * @param options.input what the handler gets; anything that JSON can carry
 * @param options.limit how many jobs may wait
 * @throws QueueFullError when that many wait already
 */
export const submitJob = async (
  db: Database,
  dispatcher: Dispatcher,
  options: { readonly keyId: string; readonly input: unknown; readonly limit: number },
): Promise<JobId> => {
  if (await hasQueuedJobs(db, options.limit)) throw new QueueFullError(options.limit)
  const id = randomUUID() as string as JobId
  await insertJob(db, {
    id,
    keyId: options.keyId,
    input: JSON.stringify(options.input),
    now: Date.now(),
  })
  dispatcher.announce({ id, attempt: 0 })
  return id
}
