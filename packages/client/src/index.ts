export { type Client, createClient } from './create-client.ts'
export { DsapiError, type DsapiErrorCode } from './dsapi-error.ts'
export type { Keys } from './keys.ts'
export type {
  AuditEntry,
  BatchSummary,
  ErrorCode,
  Features,
  FieldProblem,
  Job,
  JobList,
  JobStats,
  Key,
  MadeKey,
  NewKey,
  OwnKey,
  Prediction,
  Ready,
  SlowPrediction,
  SlowResult,
  Submitted,
} from './schemas.ts'
export type { CallOptions, ClientOptions } from './send.ts'
