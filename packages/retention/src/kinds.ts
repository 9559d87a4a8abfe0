import {
  clearJobs,
  type Database,
  deleteExpired,
  deleteSomeChunks,
  deleteUnusedPieces,
  type ExpiredRows,
  findJobsToClear,
  listExpired,
  listUnusedFiles,
} from '@dsapi/db'
import { findOldVersions, nameOfVersion, removeOldVersions } from '@dsapi/registry'
import type { DeletedSome, Expired, RetentionKind } from './retention-kind.ts'

const minuteMs = 60_000
const hourMs = 3_600_000

/** A row is small. */
const rowsAtOnce = 500
/** A chunk or piece is about a mebibyte. */
const piecesAtOnce = 8

const often = { everyMs: minuteMs, limit: rowsAtOnce }

const upTo = ({ limit }: Pick<Expired, 'limit'>, deleted: number): DeletedSome => ({
  deleted,
  isMore: deleted === limit,
})

/** How rows of a table are deleted for their age alone. */
const rowsOf = (kind: ExpiredRows): Pick<RetentionKind, 'deleteSome' | 'find'> => ({
  deleteSome: async (transaction, expired) =>
    upTo(expired, await deleteExpired(transaction, kind, expired)),
  find: (db, expired) => listExpired(db, kind, expired),
})

/** With 0 days, it is kept for ever. */
const unlessZero = (days: number) => (days === 0 ? undefined : days)

/** Clears what came with jobs, and what came of them. Their chunks go first, as many as one commit may delete. */
const clearResults = async (
  transaction: Database,
  { before, limit, now }: Expired,
): Promise<DeletedSome> => {
  const jobIds = await findJobsToClear(transaction, { finishedBefore: before, limit })
  if (jobIds.length === 0) return { deleted: 0, isMore: false }
  if (await deleteSomeChunks(transaction, jobIds)) return { deleted: 0, isMore: true }
  await clearJobs(transaction, jobIds, now)
  return { deleted: jobIds.length, isMore: jobIds.length === limit }
}

/** All kinds of data that are deleted after their time. */
export const retentionKinds: readonly RetentionKind[] = [
  {
    ...{ name: 'results', deletes: 'inputs, results and errors of jobs', since: 'the job ended' },
    setting: 'DSAPI_RESULT_DAYS',
    keepDays: ({ resultDays }) => resultDays,
    ...often,
    deleteSome: clearResults,
    find: (db, { before, limit }) => findJobsToClear(db, { finishedBefore: before, limit }),
  },
  {
    ...{ name: 'jobs', deletes: 'rows of jobs', since: 'the job ended' },
    setting: 'DSAPI_RESULT_DAYS',
    keepDays: ({ resultDays }) => 2 * resultDays,
    ...often,
    ...rowsOf('jobs'),
  },
  {
    ...{ name: 'webhooks', deletes: 'deliveries of webhooks', since: 'the last attempt' },
    setting: 'DSAPI_RESULT_DAYS',
    keepDays: ({ resultDays }) => resultDays,
    ...often,
    ...rowsOf('webhooks'),
  },
  {
    ...{ name: 'uploads', deletes: 'inputs of batches whose upload was broken off' },
    since: 'they were stored',
    keepDays: () => 1,
    ...{ everyMs: hourMs, limit: piecesAtOnce },
    ...rowsOf('uploads'),
  },
  {
    ...{ name: 'predictions', deletes: 'rows of the prediction log', since: 'the prediction' },
    setting: 'DSAPI_PREDICTION_LOG_DAYS',
    keepDays: ({ predictionLogDays }) => predictionLogDays,
    ...often,
    ...rowsOf('predictions'),
  },
  {
    ...{ name: 'traffic', deletes: 'counts of requests by minute', since: 'the minute' },
    setting: 'DSAPI_TRAFFIC_DAYS',
    keepDays: ({ trafficDays }) => trafficDays,
    ...often,
    ...rowsOf('traffic'),
  },
  {
    ...{ name: 'usage', deletes: 'counts of the requests of keys by day', since: 'the day' },
    keepDays: () => 400,
    ...often,
    ...rowsOf('usage'),
  },
  {
    ...{ name: 'quotas', deletes: 'counts for daily quotas', since: 'the day' },
    keepDays: () => 1,
    ...often,
    ...rowsOf('quotas'),
  },
  {
    ...{ name: 'audit', deletes: 'audit entries of keys, except the newest', since: 'the entry' },
    setting: 'DSAPI_AUDIT_DAYS',
    keepDays: ({ auditDays }) => unlessZero(auditDays),
    ...often,
    ...rowsOf('audit'),
  },
  {
    ...{ name: 'model_audit', deletes: 'audit entries of models, except the newest' },
    since: 'the entry',
    setting: 'DSAPI_AUDIT_DAYS',
    keepDays: ({ auditDays }) => unlessZero(auditDays),
    ...often,
    ...rowsOf('model_audit'),
  },
  {
    ...{ name: 'sessions', deletes: 'sessions of the web console', since: 'the session expired' },
    keepDays: () => 30,
    ...often,
    ...rowsOf('sessions'),
  },
  {
    ...{ name: 'codes', deletes: 'codes of links that sign in', since: 'the code expired' },
    keepDays: () => 0,
    ...often,
    ...rowsOf('codes'),
  },
  {
    ...{ name: 'models', deletes: 'versions of models that are no longer served' },
    since: 'they last answered, also as a canary or shadow',
    setting: 'DSAPI_MODEL_DAYS',
    keepDays: ({ modelDays }) => unlessZero(modelDays),
    ...{ everyMs: minuteMs, limit: 20 },
    deleteSome: async (transaction, expired) =>
      upTo(expired, await removeOldVersions(transaction, expired)),
    find: async (db, expired) =>
      (await findOldVersions(db, expired)).map((old) => nameOfVersion(old)),
  },
  {
    ...{ name: 'pieces', deletes: 'files of models that no version has' },
    since: 'they were stored',
    keepDays: () => 1,
    ...{ everyMs: hourMs, limit: piecesAtOnce },
    deleteSome: async (transaction, expired) =>
      upTo(expired, await deleteUnusedPieces(transaction, expired)),
    find: listUnusedFiles,
  },
]
