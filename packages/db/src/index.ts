export {
  type ApiKeyRow,
  disableApiKey,
  enableApiKey,
  findApiKey,
  insertApiKey,
  listApiKeys,
  listApiKeysChangedAfter,
  listApiKeysOf,
  type NewApiKeyRow,
  replaceApiKey,
  revokeApiKey,
  touchApiKeys,
} from './api-keys.ts'
export { type AuditRow, findLastAuditId, insertAudit, listAudit, listAuditOf } from './audit.ts'
export type { CheckedTable } from './copy/check-copy.ts'
export { type CopyResult, copyDatabase } from './copy/copy-database.ts'
export { CopyError, type CopyErrorCode } from './copy/copy-error.ts'
export type { CopyProgress, CopyStage } from './copy/progress.ts'
export type { UnlikeValue } from './copy/unlike-values.ts'
export { type DataRow, listData, replaceData } from './data.ts'
export { type DatabaseSettings, nameOfDatabase, sqlitePath } from './database-settings.ts'
export { type EndedJobRow, listEndedJobs } from './ended-jobs.ts'
export { tryTurn, waitForTurn } from './engine.ts'
export { DatabaseAwayError, DatabaseError, type DatabaseErrorCode, isUnwritable } from './errors.ts'
export { explainDatabaseFailure } from './explain-database-failure.ts'
export { followHealth, type Health } from './follow-health.ts'
export { groupCommit } from './group-commit.ts'
export { inTransaction } from './in-transaction.ts'
export {
  type ChunkPart,
  type ChunkPlace,
  deleteChunksWithoutJob,
  deleteOrphanChunks,
  deleteSomeOutput,
  findChunk,
  putChunk,
} from './job-chunks.ts'
export {
  countEndedJobs,
  countLiveJobs,
  countQueuedJobs,
  listJobRows,
} from './job-lists.ts'
export {
  type Claim,
  cancelJobRow,
  claimNextJobs,
  failJob,
  failSilentJob,
  findJob,
  findJobByIdempotencyKey,
  findJobs,
  findQueuedJobs,
  insertJob,
  type JobRow,
  listSignsOfLife,
  type NewJobRow,
  releaseJob,
  renewClaim,
  requeueSilentJob,
  rescheduleJobs,
  restartJob,
  retryJob,
  type SignOfLife,
  succeedJob,
} from './jobs.ts'
export { findLastMigration } from './migrate.ts'
export {
  findLatestVersion,
  findModel,
  insertModel,
  type ModelRow,
} from './models.ts'
export { clearFinishedJobs, deleteFinishedJobs } from './old-jobs.ts'
export { type OpenOptions, openDatabase } from './open-database.ts'
export {
  deleteOldPredictions,
  findNewestPrediction,
  insertPredictions,
  listNewestPredictions,
  type NewPredictionRow,
  type PredictionRow,
} from './predictions.ts'
export { quietWhileAway } from './quiet-while-away.ts'
export { type Database, type Instant, type JobState, jobStates } from './schema.ts'
export { findServer, type Server } from './server.ts'
export { storableText } from './storable-text.ts'
export { addUsage, deleteUsageBefore, findUsage } from './usage.ts'
export { announceJobs, type DatabaseWatch, watchDatabase } from './watch-database.ts'
