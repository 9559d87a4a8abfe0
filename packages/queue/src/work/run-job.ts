import { setTimeout as wait } from 'node:timers/promises'
import {
  type Database,
  groupCommit,
  isUnwritable,
  type JobRow,
  type OnError,
  renewClaim,
} from '@dsapi/db'
import { changeJob } from '../jobs/change-job.ts'
import { JobError, reasonFor } from '../jobs/job-error.ts'
import type { JobOrigin } from '../jobs/submit-job.ts'
import { backoffMs } from './backoff.ts'
import type { RunningJob } from './running-job.ts'

export type Task = {
  readonly id: string
  readonly kind: string
  readonly origin: JobOrigin
  /** How often it has been begun, this time included. */
  readonly attempt: number
  /** What was given when it was submitted. */
  readonly input: unknown
  /** The model that it was accepted for; undefined for a job that an older dsapi accepted. */
  readonly modelVersion: string | undefined
  readonly modelName: string
  /** Aborted when the run must end: the job was cancelled or lost to another worker, its time is over,
   * or this worker has to stop. What the handler returns after that is not used. */
  readonly signal: AbortSignal
  /** Reports the progress, from 0 to 1. */
  readonly report: (progress: number) => void
  /**
   * Writes something that belongs to the job, provided that this attempt still holds it.
   *
   * @throws JobLostError when it does not
   */
  readonly write: (task: (db: Database) => Promise<void>) => Promise<void>
}

/** Another worker, or nobody, holds the job now. */
export class JobLostError extends Error {
  override readonly name = 'JobLostError'
}

/** Computes a job, and returns its result: anything that JSON can carry. It logs its own errors. */
export type Handler = (task: Task) => Promise<unknown>

export type RunOptions = {
  readonly handler: Handler
  readonly maxAttempts: number
  readonly onError: OnError
}

type Outcome =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly error: unknown }

const longestTimerMs = 2 ** 31 - 1

/** A run of a claimed job: `computed` resolves when only its outcome is left to be written, `done` when that is written, or
 * cannot be. */
export type JobRun = { readonly computed: Promise<void>; readonly done: Promise<void> }

/**
 * Runs a claimed job to its end: a result, another attempt later, a failure with its reason, or a return to the queue. None
 * of these changes anything if the claim was lost.
 */
export const runJob = (db: Database, job: RunningJob, options: RunOptions): JobRun => {
  const limitMs = Math.min(job.row.time_limit_ms ?? longestTimerMs, longestTimerMs)
  const limit = setTimeout(() => job.end('timeLimit'), limitMs)
  const outcome = compute(db, job, options.handler).finally(() => clearTimeout(limit))
  const write = async () => {
    const known = await outcome
    // A worker that has to stop does not wait for the disk: another one takes over.
    const isInVain = () => job.endedBy() === 'lost' || job.endedBy() === 'stopping'
    await untilWritten(isInVain, () =>
      groupCommit(db, (transaction) => settle(transaction, job, known, options)),
    )
  }
  const done = write()
  return { computed: outcome.then(() => {}), done }
}

const compute = async (db: Database, job: RunningJob, handler: Handler): Promise<Outcome> => {
  const { row, signal } = job
  try {
    const value = await handler({
      id: row.id,
      kind: row.kind,
      origin: {
        requestId: row.request_id ?? undefined,
        traceparent: row.traceparent ?? undefined,
      },
      attempt: row.attempt - row.released,
      input: JSON.parse(row.input),
      modelVersion: row.model_version ?? undefined,
      modelName: row.model_name,
      signal,
      report: (progress) => {
        job.progress = progress
      },
      write: (task) =>
        untilWritten(
          () => signal.aborted,
          () =>
            groupCommit(db, async (transaction) => {
              if (!(await renewClaim(transaction, row, job.progress))) throw new JobLostError()
              await task(transaction)
            }),
        ),
    })
    return { ok: true, value }
  } catch (error) {
    return { ok: false, error }
  }
}

const unwritablePauseMs = 100

/** Tries again as long as the database cannot be written, so that the work is not lost. */
const untilWritten = async (isInVain: () => boolean, write: () => Promise<void>) => {
  for (;;) {
    try {
      return await write()
    } catch (error) {
      if (!isUnwritable(error) || isInVain()) throw error
      await wait(unwritablePauseMs)
    }
  }
}

const timeIsOver = ({ time_limit_ms }: JobRow) =>
  new JobError(`It took longer than ${(time_limit_ms ?? 0) / 1000} seconds.`)

const settle = async (db: Database, job: RunningJob, outcome: Outcome, options: RunOptions) => {
  const { row: claim } = job
  if (outcome.ok) {
    await changeJob(db, 'succeed', { claim, result: JSON.stringify(outcome.value) })
    return
  }
  switch (job.endedBy()) {
    case 'lost':
      return
    case 'stopping':
    case 'unsure':
      await changeJob(db, 'release', { claim })
      return
    case 'timeLimit':
      await changeJob(db, 'fail', { claim, error: reasonFor(timeIsOver(claim)) })
      return
    case undefined:
      await retryOrFail(db, claim, outcome.error, options)
  }
}

const retryOrFail = async (db: Database, claim: JobRow, error: unknown, options: RunOptions) => {
  const attempts = claim.attempt - claim.released
  const isLast = attempts >= options.maxAttempts || (error instanceof JobError && error.isFinal)
  if (isLast) await changeJob(db, 'fail', { claim, error: reasonFor(error) })
  else {
    const runAt = Date.now() + backoffMs(attempts, Math.random)
    await changeJob(db, 'retry', { claim, runAt })
  }
}
