import {
  type ChangedJob,
  type Claim,
  cancelJobRow,
  type Database,
  failJob,
  giveUpJob,
  inTransaction,
  type JobRow,
  releaseJob,
  requeueJob,
  restartJob,
  retryJob,
  type SilentClaim,
  succeedJob,
  transitions,
} from '@dsapi/db'
import { endReporters } from './end-reporters.ts'
import { isEnd } from './job-end.ts'

/** What each event needs to be written: a worker's claim, or whose job it is, and what becomes of it. */
type Details = {
  readonly succeed: { readonly claim: Claim; readonly result: string }
  readonly fail: { readonly claim: Claim; readonly error: string }
  readonly retry: { readonly claim: Claim; readonly runAt: number }
  readonly release: { readonly claim: Claim }
  readonly giveUp: {
    readonly claim: SilentClaim
    readonly maxAttempts: number
    readonly error: string
  }
  readonly requeue: {
    readonly claim: SilentClaim
    readonly maxAttempts: number
    readonly runAt: number
  }
  readonly cancel: { readonly id: string; readonly keyId: string | undefined }
  readonly restart: { readonly id: string; readonly keyId?: string | undefined }
}

/** How a claimed job leaves its worker, or how a job is cancelled or started again. */
export type ChangeEvent = keyof Details

type Changed = {
  readonly [E in ChangeEvent]: E extends 'cancel' | 'restart' ? JobRow : ChangedJob
}

type Statements = {
  readonly [E in ChangeEvent]: (
    db: Database,
    details: Details[E],
    now: number,
  ) => Promise<Changed[E] | undefined>
}

const statements: Statements = {
  succeed: (db, { claim, result }, now) => succeedJob(db, claim, { result, now }),
  fail: (db, { claim, error }, now) => failJob(db, claim, { error, now }),
  retry: (db, { claim, runAt }) => retryJob(db, claim, runAt),
  release: (db, { claim }) => releaseJob(db, claim),
  giveUp: (db, { claim, ...options }, now) => giveUpJob(db, claim, { ...options, now }),
  requeue: (db, { claim, ...options }) => requeueJob(db, claim, options),
  cancel: (db, options, now) => cancelJobRow(db, { ...options, now }),
  restart: (db, options, now) => restartJob(db, { ...options, now }),
}

/**
 * Changes the state of a job: the one way in which a job ends, or returns to the queue. The job's row and what the end
 * reporters write are one commit, which is that of `db` where it is a transaction.
 *
 * @returns the job as it became; undefined when the event did not apply: the claim was lost, or the job has ended
 */
export const changeJob = <E extends ChangeEvent>(
  db: Database,
  event: E,
  details: Details[E],
): Promise<Changed[E] | undefined> =>
  inTransaction(db, async (transaction) => {
    const changed = await statements[event](transaction, details, Date.now())
    if (changed !== undefined) await reportEnd(transaction, event, changed)
    return changed
  })

const reportEnd = async (db: Database, event: ChangeEvent, job: ChangedJob): Promise<void> => {
  if (!isEnd(event) || job.finished_at === null) return
  const end = {
    ...{ id: job.id, keyId: job.key_id, kind: job.kind, event, state: transitions[event].to },
    ...{ modelName: job.model_name, modelVersion: job.model_version, webhookUrl: job.webhook_url },
    ...{ createdAt: job.created_at, finishedAt: job.finished_at },
  }
  for (const report of endReporters) await report(db, end)
}
