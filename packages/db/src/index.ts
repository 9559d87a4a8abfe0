export { every, type Loop } from './background/every.ts'
export type { OnError } from './background/on-error.ts'
export { oneAtATime } from './background/one-at-a-time.ts'
export { BackupError } from './backup/backup-error.ts'
export { backupSqlite } from './backup/backup-sqlite.ts'
export { restoreSqlite } from './backup/restore-sqlite.ts'
export { checkDatabase } from './check/check-database.ts'
export type { Fault } from './check/fault.ts'
export {
  type DatabaseSettings,
  nameOfDatabase,
  sqlitePath,
} from './connection/database-settings.ts'
export type { DatabaseWatch } from './connection/database-watch.ts'
export {
  databaseTime,
  takeAdvisoryLock,
  transactionId,
  tryAdvisoryLock,
  wasCommitted,
} from './connection/engine.ts'
export { DatabaseUnreachableError, isUnwritable } from './connection/errors.ts'
export { explainDatabaseFailure } from './connection/explain-database-failure.ts'
export { followHealth } from './connection/follow-health.ts'
export { groupCommit } from './connection/group-commit.ts'
export { inTransaction } from './connection/in-transaction.ts'
export { findLastMigration } from './connection/migrate.ts'
export { openDatabase } from './connection/open-database.ts'
export type { OpenOptions } from './connection/open-options.ts'
export { openReadOnly } from './connection/open-read-only.ts'
export { reportOutages } from './connection/report-outages.ts'
export { findServer } from './connection/server.ts'
export { announceJobs, watchDatabase } from './connection/watch-database.ts'
export type { UnlikeValue } from './copy/changed-values.ts'
export type { CheckedTable } from './copy/check-copy.ts'
export { type CopyResult, copyDatabase } from './copy/copy-database.ts'
export { CopyError } from './copy/copy-error.ts'
export type { CopyProgress, CopyStage } from './copy/progress.ts'
export { type JobState, jobStates } from './job-states.ts'
export type { Database, WebhookState } from './schema.ts'
export {
  type ApiKeyChange,
  type ApiKeyRow,
  disableApiKey,
  enableApiKey,
  findApiKey,
  insertApiKey,
  listApiKeys,
  listApiKeysChangedAfter,
  listApiKeysOf,
  replaceApiKey,
  revokeApiKey,
  touchApiKeys,
  updateApiKey,
} from './tables/api-keys.ts'
export {
  countPieceBytes,
  deletePiecesFrom,
  deleteUnusedFile,
  deleteUnusedPieces,
  findPiece,
  listUnusedFiles,
  putPiece,
} from './tables/artifact-pieces.ts'
export {
  type AuditRow,
  findLastAuditId,
  insertAudit,
  listAudit,
  listAuditOf,
} from './tables/audit.ts'
export {
  type AuditFilter,
  type AuditKind,
  type AuditListRow,
  type AuditPlace,
  listAuditEntries,
} from './tables/audit-lists.ts'
export { claimNextJobs } from './tables/claim-next-jobs.ts'
export {
  type ConsoleCodeRow,
  insertConsoleCode,
  takeConsoleCode,
} from './tables/console-codes.ts'
export {
  type ConsoleSessionRow,
  endConsoleSession,
  findConsoleSession,
  insertConsoleSession,
  listConsoleSessions,
  touchConsoleSession,
} from './tables/console-sessions.ts'
export { listData, replaceData } from './tables/data.ts'
export { type EndedJobRow, listEndedJobs } from './tables/ended-jobs.ts'
export { deleteExpired, type ExpiredRows, listExpired } from './tables/expired-rows.ts'
export {
  type ChangedJob,
  cancelJobRow,
  claimJobsOf,
  failJob,
  giveUpJob,
  releaseJob,
  requeueJob,
  restartJob,
  retryJob,
  type SilentClaim,
  succeedJob,
} from './tables/job-changes.ts'
export {
  type ChunkPart,
  deleteChunksWithoutJob,
  deleteSomeChunks,
  deleteSomeOutput,
  findChunk,
  putChunk,
} from './tables/job-chunks.ts'
export {
  countEndedJobs,
  countLiveJobs,
  countQueuedJobs,
  countQueuedJobsOf,
} from './tables/job-counts.ts'
export {
  type Heartbeat,
  isAnyJobRunning,
  listHeartbeats,
  renewClaim,
  renewClaims,
} from './tables/job-heartbeats.ts'
export { type JobFilter, listJobRows } from './tables/job-lists.ts'
export { endStates, type JobEvent, transitions } from './tables/job-transitions.ts'
export {
  type Claim,
  findJob,
  findJobByIdempotencyKey,
  findJobs,
  insertJob,
  isVersionAwaited,
  type JobRow,
} from './tables/jobs.ts'
export {
  addKeyUsage,
  type KeyUsageRow,
  listKeyUsage,
} from './tables/key-usage.ts'
export {
  findLastModelAuditId,
  insertModelAudit,
  listModelAudit,
  type ModelAuditRow,
} from './tables/model-audit.ts'
export {
  deleteModelEvaluations,
  insertModelEvaluation,
  listModelEvaluations,
  type ModelEvaluationRow,
} from './tables/model-evaluations.ts'
export {
  deleteModelTraining,
  findModelTraining,
  insertModelTraining,
} from './tables/model-training.ts'
export {
  deleteModelVersion,
  findModelVersion,
  insertModelVersion,
  listModelVersions,
  listVersionsUnservedBefore,
  type ModelVersionRow,
  setUnservedAt,
} from './tables/model-versions.ts'
export { findModel, insertModel, listModels, type ModelRow, updateModel } from './tables/models.ts'
export { clearJobs, findJobsToClear } from './tables/old-jobs.ts'
export {
  findNewestPrediction,
  insertPredictions,
  listNewestPredictions,
  type NewPredictionRow,
  type PredictionRow,
} from './tables/predictions.ts'
export {
  claimRetention,
  countDeleted,
  listRetention,
  type RetentionRow,
} from './tables/retention.ts'
export { storableText } from './tables/storable-text.ts'
export {
  addTraffic,
  sumTrafficBy,
  sumTrafficByTime,
  type TrafficFilter,
  type TrafficRow,
  type TrafficSum,
  trafficBuckets,
} from './tables/traffic.ts'
export { addUsage, findUsage, listUsageOn } from './tables/usage.ts'
export { findOwnersInTurn, rescheduleJobs } from './tables/waiting-owners.ts'
export {
  leaveWatcher,
  listWatchers,
  renewWatcher,
  takeWatcher,
  type WatcherRow,
} from './tables/watchers.ts'
export {
  claimDeliveries,
  type DeliveryOutcome,
  finishDelivery,
  hasDueDeliveries,
  insertWebhookDelivery,
  rescheduleDeliveries,
  restartDelivery,
  retryDelivery,
  type WebhookDeliveryRow,
} from './tables/webhook-deliveries.ts'
export {
  countPendingDeliveries,
  type DeliveryPlace,
  findDelivery,
  listDeliveries,
  listDeliveriesOfJob,
  listFinishedDeliveries,
} from './tables/webhook-lists.ts'
export { listWebhookSecrets, replaceWebhookSecret } from './tables/webhook-secrets.ts'
