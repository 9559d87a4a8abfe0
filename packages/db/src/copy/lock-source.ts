import { setTimeout } from 'node:timers/promises'
import { isBusy } from '../connection/errors.ts'
import { inTransaction } from '../connection/in-transaction.ts'
import type { Database } from '../schema.ts'
import { listHeartbeats } from '../tables/job-heartbeats.ts'
import { CopyError } from './copy-error.ts'

/** A worker that holds a job writes a heartbeat every 400 ms: two of them meanwhile. */
const listenForMs = 1000

const inUse = (who: string, cause?: unknown) =>
  new CopyError(
    'source_in_use',
    `${who}. Stop the servers and workers that use it, then copy again: what they would write now would stay behind.`,
    { cause },
  )

/**
 * Holds a SQLite database still for as long as `task` takes: nobody else can write to it.
 *
 * @throws CopyError `source_in_use` when a worker is at work, or somebody holds the lock for writing
 */
export const lockSource = async <T>(
  source: Database,
  task: (held: Database) => Promise<T>,
): Promise<T> => {
  await refuseWorkers(source)
  let isHeld = false
  try {
    return await inTransaction(source, (held) => {
      isHeld = true
      return task(held)
    })
  } catch (error) {
    if (isHeld || !isBusy(error)) throw error
    throw inUse('Another program is writing to it', error)
  }
}

const refuseWorkers = async (source: Database) => {
  const before = await listHeartbeats(source)
  if (before.length === 0) return
  await setTimeout(listenForMs)
  const heartbeats = new Map(before.map(({ id, heartbeat }) => [id, heartbeat]))
  const isAlive = (await listHeartbeats(source)).some(
    ({ id, heartbeat }) => heartbeats.get(id) !== heartbeat,
  )
  if (isAlive) throw inUse('A worker is working off its jobs')
}
