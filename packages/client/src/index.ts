export { type Client, createClient } from './create-client.ts'
export { DsapiError, type DsapiErrorCode } from './dsapi-error.ts'
export type { Keys } from './keys.ts'
export type { Models } from './models.ts'
export type { NumberRows, RowPredictions } from './predict-rows.ts'
export type {
  AddedVersion,
  AnyFeatures,
  AnyPrediction,
  AuditEntry,
  BatchSummary,
  ChangedJobs,
  ClassEvaluation,
  Drift,
  ErrorCode,
  Evaluation,
  Features,
  FieldProblem,
  FullAuditList,
  Job,
  JobList,
  JobStats,
  Key,
  KeyChange,
  KeyUsage,
  MadeKey,
  Model,
  ModelVersion,
  ModelWithVersions,
  NewKey,
  OwnKey,
  Prediction,
  Ready,
  SlowPrediction,
  SlowResult,
  Submitted,
  Traffic,
  WebhookDelivery,
  WebhookDeliveryList,
  WebhookSecret,
} from './schemas.ts'
export type { CallOptions, ClientOptions } from './send.ts'
export type { Webhooks } from './webhooks.ts'
