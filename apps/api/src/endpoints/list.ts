import { listAudit } from './audit/list-audit.ts'
import { apiReference } from './documents/api-reference.ts'
import { docsSearch } from './documents/docs-search.ts'
import { docs, docsPage } from './documents/manual.ts'
import { openapi } from './documents/openapi.ts'
import { getDrift } from './drift/get-drift.ts'
import type { Endpoint } from './endpoint.ts'
import { cancelJob } from './jobs/cancel-job.ts'
import { cancelJobs, retryJobs } from './jobs/change-jobs.ts'
import { getJob } from './jobs/get-job.ts'
import { getResult } from './jobs/get-result.ts'
import { getStats } from './jobs/get-stats.ts'
import { jobEvents } from './jobs/job-events.ts'
import { listJobs } from './jobs/list-jobs.ts'
import { retryJob } from './jobs/retry-job.ts'
import { submitBatch } from './jobs/submit-batch.ts'
import { disableKey, enableKey, revokeKey } from './keys/change-key.ts'
import { createKey } from './keys/create-key.ts'
import { getKey } from './keys/get-key.ts'
import { getOwnKey } from './keys/get-own-key.ts'
import { usageOfKey, usageOfKeys } from './keys/key-usage.ts'
import { listKeys } from './keys/list-keys.ts'
import { readAudit } from './keys/read-audit.ts'
import { rotateKey } from './keys/rotate-key.ts'
import { setKey } from './keys/set-key.ts'
import { rotateWebhookSecret } from './keys/webhook-secret.ts'
import { addVersion } from './models/add-version.ts'
import { rollBack, serveModel } from './models/change-served.ts'
import { getModel, getModelVersion } from './models/get-model.ts'
import { getVersionFile } from './models/get-version-file.ts'
import { listModelEvaluations } from './models/list-evaluations.ts'
import { listModels } from './models/list-models.ts'
import {
  predictManyModel,
  predictManyModelVersion,
  predictModel,
  predictModelVersion,
  submitSlowModel,
} from './models/predict-models.ts'
import { removeVersion } from './models/remove-version.ts'
import { healthz, livez } from './operating/liveness.ts'
import { metrics } from './operating/metrics.ts'
import { readyz } from './operating/readiness.ts'
import { getTraffic } from './operating/traffic.ts'
import { getSlow } from './predict/get-slow.ts'
import { predictMany } from './predict/predict-many.ts'
import { predictOne } from './predict/predict-one.ts'
import { submitSlow } from './predict/submit-slow.ts'
import { protocolEndpoints } from './protocols/protocol-endpoints.ts'
import { listWebhookDeliveries } from './webhooks/list-deliveries.ts'
import { redeliverWebhook } from './webhooks/redeliver.ts'
import { testWebhook } from './webhooks/test-webhook.ts'

/** Everything that the API answers, in the order of the OpenAPI document. */
export const endpoints: readonly Endpoint[] = [
  predictOne,
  predictMany,
  submitSlow,
  getSlow,
  listModels,
  getModel,
  getModelVersion,
  listModelEvaluations,
  getVersionFile,
  predictModel,
  predictManyModel,
  submitSlowModel,
  predictModelVersion,
  predictManyModelVersion,
  addVersion,
  serveModel,
  rollBack,
  removeVersion,
  getDrift,
  listJobs,
  getJob,
  cancelJob,
  retryJob,
  retryJobs,
  cancelJobs,
  jobEvents,
  submitBatch,
  getResult,
  getStats,
  listWebhookDeliveries,
  redeliverWebhook,
  testWebhook,
  listKeys,
  createKey,
  readAudit,
  usageOfKeys,
  usageOfKey,
  getOwnKey,
  getKey,
  setKey,
  rotateKey,
  disableKey,
  enableKey,
  revokeKey,
  rotateWebhookSecret,
  livez,
  healthz,
  readyz,
  metrics,
  getTraffic,
  listAudit,
  openapi,
  docs,
  docsPage,
  apiReference,
  docsSearch,
  ...protocolEndpoints,
]
