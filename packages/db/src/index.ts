export {
  type ApiKeyRow,
  disableApiKey,
  enableApiKey,
  findApiKey,
  insertApiKey,
  listApiKeys,
  listApiKeysChangedAfter,
  type NewApiKeyRow,
  replaceApiKey,
  revokeApiKey,
  touchApiKeys,
} from './api-keys.ts'
export { type AuditRow, findLastAuditId, insertAudit, listAudit } from './audit.ts'
export { type DataRow, listData, replaceData } from './data.ts'
export { findDataVersion } from './data-version.ts'
export { DatabaseError, type DatabaseErrorCode, isBusy } from './errors.ts'
export {
  type Claim,
  claimJob,
  deleteFinishedJobs,
  failJob,
  failLapsedJobs,
  findJob,
  findQueuedJobs,
  hasQueuedJobs,
  insertJob,
  type JobRow,
  releaseJob,
  renewLease,
  requeueLapsedJobs,
  retryJob,
  succeedJob,
} from './jobs.ts'
export {
  findLatestVersion,
  findModel,
  insertModel,
  type ModelRow,
} from './models.ts'
export { openDatabase } from './open-database.ts'
export type { Database, Instant, JobState } from './schema.ts'
export { addUsage, deleteUsageBefore, listUsage } from './usage.ts'
