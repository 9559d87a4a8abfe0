import { setTimeout } from 'node:timers/promises'
import {
  type Claim,
  type Database,
  failJob,
  isBusy,
  type JobRow,
  releaseJob,
  renewLease,
  retryJob,
  succeedJob,
} from '@dsapi/db'
import type { OnError } from './dispatcher.ts'
import { every } from './every.ts'
import { reasonFor } from './job-error.ts'

export type Task = {
  readonly id: string
  /** What was given to `submitJob`. */
  readonly input: unknown
  /** Aborted when the job was lost to another worker or this one has to stop; what the handler
   * returns after that is thrown away. */
  readonly signal: AbortSignal
}

/** Computes a job, and gives its result: anything that JSON can carry. */
export type Handler = (task: Task) => Promise<unknown>

export type RunOptions = {
  readonly handler: Handler
  /** Without a sign of life for this long, a worker counts as lost. */
  readonly leaseMs: number
  readonly maxAttempts: number
  readonly onError: OnError
}

type Outcome =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly error: unknown }

/** Doubles with each attempt, from half a second up to a minute. */
const backoffMs = (attempts: number) => Math.min(60_000, 500 * 2 ** (attempts - 1))

/**
 * Runs a claimed job to its end: a result, another try later, a stated failure, or, when `stopping`
 * is aborted first, back to where it was. Each of these changes nothing if the claim was lost.
 */
export const runJob = async (
  db: Database,
  row: JobRow,
  stopping: AbortSignal,
  options: RunOptions,
): Promise<void> => {
  const lost = new AbortController()
  const signal = AbortSignal.any([stopping, lost.signal])
  const renewing = every(
    options.leaseMs / 3,
    async () => {
      const held = await renewLease(db, row, Date.now() + options.leaseMs)
      if (!held) lost.abort()
    },
    options.onError,
  )
  try {
    const outcome = await compute(row, signal, options.handler)
    // The claim is held until its end is written: a database that is busy now does not undo the work.
    await whileBusy(lost.signal, async () => {
      if (!outcome.ok && stopping.aborted) await releaseJob(db, row)
      else await settle(db, row, outcome, options)
    })
  } finally {
    await renewing.stop()
  }
}

const busyPauseMs = 100

/** Tries again as long as another process holds the database's lock, and the claim is not lost. */
const whileBusy = async (lost: AbortSignal, write: () => Promise<void>) => {
  while (!lost.aborted) {
    try {
      return await write()
    } catch (error) {
      if (!isBusy(error)) throw error
      await setTimeout(busyPauseMs)
    }
  }
}

const compute = async (row: JobRow, signal: AbortSignal, handler: Handler): Promise<Outcome> => {
  try {
    return { ok: true, value: await handler({ id: row.id, input: JSON.parse(row.input), signal }) }
  } catch (error) {
    return { ok: false, error }
  }
}

const settle = async (db: Database, row: JobRow, outcome: Outcome, options: RunOptions) => {
  const claim: Claim = row
  const now = Date.now()
  if (outcome.ok) {
    await succeedJob(db, claim, { result: JSON.stringify(outcome.value), now })
    return
  }
  options.onError(outcome.error)
  const attempts = row.attempt - row.released
  if (attempts < options.maxAttempts) await retryJob(db, claim, now + backoffMs(attempts))
  else await failJob(db, claim, { error: reasonFor(outcome.error), now })
}
