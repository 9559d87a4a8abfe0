import {
  type AuthenticateRequest,
  apiKeyAuth,
  createFailedAttempts,
  KeyError,
  type RateLimits,
  requireScope,
  type Usage,
} from '@dsapi/auth'
import { type Database, DatabaseUnreachableError, isUnwritable } from '@dsapi/db'
import type { Dispatcher, JobQueue, JobWatch } from '@dsapi/queue'
import type { StoredModel } from '@dsapi/registry'
import type { Logger, Tracing } from '@dsapi/telemetry'
import { type Context, Hono } from 'hono'
import { createDocs } from './endpoints/documents/docs.ts'
import { getDocument } from './endpoints/documents/openapi.ts'
import { getResult, submitBatch } from './endpoints/jobs/batch.ts'
import { jobEvents } from './endpoints/jobs/job-events.ts'
import { deleteJob, getJobs, getOneJob, getStats } from './endpoints/jobs/jobs.ts'
import { keyRoutes } from './endpoints/keys/keys.ts'
import { getOwnKey } from './endpoints/keys/own-key.ts'
import { livez, readyz } from './endpoints/operating/health.ts'
import { getMetrics } from './endpoints/operating/metrics.ts'
import { predictMany } from './endpoints/predict/predict-many.ts'
import { predict, predictByGetOnly } from './endpoints/predict/predict-one.ts'
import { getSlow, submitSlow } from './endpoints/predict/predict-slow.ts'
import type { RecordPredictions } from './endpoints/predict/record-predictions.ts'
import type { Env } from './http/env.ts'
import { ApiError, answerError } from './http/errors.ts'
import type { IsAllowedHost } from './http/host-check.ts'
import type { KeyFirst } from './http/key-first.ts'
import { holdMemory, type MemoryBudget } from './http/memory-budget.ts'
import { crossOrigin } from './http/middleware/cross-origin.ts'
import { identify } from './http/middleware/identify.ts'
import { inNormalForm } from './http/middleware/in-normal-form.ts'
import { type Observe, observing } from './http/middleware/observe.ts'
import { onlyMethods } from './http/only-methods.ts'
import type { BodyLimit } from './http/read-body.ts'
import { refuse } from './http/reject.ts'
import type { Predictor } from './instances/predictor.ts'
import type { Metrics } from './metrics/metrics.ts'
import type { Snapshot } from './metrics/snapshot.ts'

export type AppDeps = {
  readonly db: Database
  readonly dispatcher: Dispatcher
  readonly queue: JobQueue
  /** Tells of the ends of jobs as soon as they come, and of all their changes once a second. */
  readonly endWatch: JobWatch
  readonly changeWatch: JobWatch
  readonly authenticate: AuthenticateRequest
  readonly targetOf: KeyFirst['targetOf']
  readonly usage: Usage
  readonly rateLimits: RateLimits
  readonly currentModel: () => StoredModel
  readonly metrics: Metrics
  readonly observe: Observe
  /** Where traces are collected. */
  readonly tracing: Tracing | undefined
  readonly isOverloaded: () => boolean
  /** Web pages of which origins may ask. */
  readonly corsOrigins: readonly string[]
  /** Of the metrics of all processes, where they are answered on this port too. */
  readonly snapshotsHere: (() => Promise<readonly Snapshot[]>) | undefined
  readonly isAllowedHost: IsAllowedHost
  /** Only where predictions are logged. */
  readonly recordPredictions: RecordPredictions | undefined
  readonly logger: Logger
  /** Aborted when the server is about to stop: it is not ready any more. */
  readonly draining: AbortSignal
  /** Aborted when the server begins to stop: whoever waits is answered. */
  readonly stopping: AbortSignal
  /** Of bodies that are JSON, and of those with many instances. */
  readonly jsonBody: BodyLimit
  readonly instancesBody: BodyLimit
  /** For all requests together. */
  readonly memory: MemoryBudget
  /** The largest batch, in bytes. */
  readonly maxBatch: number
  readonly predictor: Predictor
  /** How long an attempt at a job may take. */
  readonly timeLimitMs: number
}

/** A batch and its result pass in pieces of about a megabyte, each in more than one form. */
const batchMemory = 4 * 2 ** 20

/** All routes of the api. But for the state of the process, the key is checked before anything else, so
 * also before a path is known. */
export const createApp = (deps: AppDeps): Hono<Env> => {
  const app = new Hono<Env>()

  const door = apiKeyAuth({
    authenticate: deps.authenticate,
    failedAttempts: createFailedAttempts((address) =>
      deps.logger.warn({ address }, 'Many wrong keys from one address: its refusals are slowed'),
    ),
    usage: deps.usage,
    rateLimits: deps.rateLimits,
    isOverloaded: deps.isOverloaded,
    refuse,
  })
  app.use(identify)
  if (deps.corsOrigins.length > 0) app.use(crossOrigin(deps.corsOrigins))
  // For whoever looks after the process: without a key, and not in the access log.
  for (const path of ['/livez', '/healthz']) app.get(path, livez)
  app.get('/readyz', readyz(deps))
  app.get('/metrics', getMetrics(deps.snapshotsHere, deps.isAllowedHost))
  app.get('/openapi.json', getDocument(deps.currentModel))
  app.all('/openapi.json', onlyMethods('GET, HEAD'))
  const docs = createDocs(deps.currentModel)
  app.get('/docs', docs.getPage)
  app.get('/docs/api', docs.getApiReference)
  app.get('/docs/search.json', docs.getSearchIndex)
  for (const path of ['/docs', '/docs/api', '/docs/search.json']) {
    app.all(path, onlyMethods('GET, HEAD'))
  }
  app.get('/docs/:folder/:page', docs.getPage)
  // A page that is not there is an unknown path, so its key is checked below.
  app.all('/docs/:folder/:page', ({ req: { method } }, next) =>
    method === 'GET' || method === 'HEAD' ? next() : onlyMethods('GET, HEAD')(),
  )

  app.use(observing(deps.observe, deps.targetOf, deps.tracing), door, inNormalForm(deps.targetOf))

  for (const path of ['/livez', '/healthz', '/readyz']) app.all(path, onlyMethods('GET, HEAD'))

  app.use('/predict/*', requireScope('predict', refuse))
  app.post('/predict', predictMany(deps))
  app.all('/predict', onlyMethods('POST'))
  app.get('/predict/*', predict(deps))
  app.all('/predict/*', predictByGetOnly(deps.currentModel))

  app.use('/predict-slow/*', requireScope('predict', refuse))
  app.post('/predict-slow', submitSlow(deps))
  app.all('/predict-slow', onlyMethods('POST'))

  app.get('/predict-slow/:id', getSlow(deps))
  app.all('/predict-slow/:id', onlyMethods('GET, HEAD'))

  const jobs = requireScope('jobs', refuse)
  app.get('/jobs', jobs, getJobs(deps.db))
  app.all('/jobs', jobs, onlyMethods('GET, HEAD'))
  app.get('/jobs/stats', requireScope('admin', refuse), getStats(deps.db))
  app.all('/jobs/stats', requireScope('admin', refuse), onlyMethods('GET, HEAD'))
  const holding = holdMemory(deps.memory, batchMemory)
  app.post('/jobs/batch', requireScope('predict', refuse), holding, submitBatch(deps))
  app.all('/jobs/batch', requireScope('predict', refuse), onlyMethods('POST'))
  app.get('/jobs/:id', jobs, getOneJob(deps.db))
  app.delete('/jobs/:id', jobs, deleteJob(deps.db))
  app.all('/jobs/:id', jobs, onlyMethods('GET, HEAD, DELETE'))
  app.get('/jobs/:id/events', jobs, jobEvents(deps))
  app.all('/jobs/:id/events', jobs, onlyMethods('GET, HEAD'))
  app.get('/jobs/:id/result', jobs, holding, getResult(deps.db))
  app.all('/jobs/:id/result', jobs, onlyMethods('GET, HEAD'))

  // Whatever a key may do, its holder may see what was done to it.
  app.get('/keys/self', getOwnKey(deps.db))
  app.all('/keys/self', onlyMethods('GET, HEAD'))
  app.use('/keys/*', requireScope('admin', refuse))
  app.route('/keys', keyRoutes(deps.db, deps.jsonBody))

  app.notFound((context) => answerError(context, new ApiError('not_found', 'Not found')))
  app.onError((error, context) => answerError(context, toApiError(error, context, deps.logger)))
  return app
}

/** What nobody has foreseen is logged in full and answered with nothing but its request id. */
const toApiError = (error: Error, context: Context<Env>, logger: Logger): ApiError => {
  if (error instanceof ApiError) return error
  if (error instanceof KeyError) {
    return new ApiError(error.code === 'unknown_key' ? 'not_found' : 'conflict', error.message)
  }
  // That the database is away is said once, not for each request.
  if (!(error instanceof DatabaseUnreachableError)) {
    logger.error({ err: error, requestId: context.get('trace').requestId }, 'Request failed')
  }
  if (!isUnwritable(error)) return new ApiError('internal', 'Internal server error')
  return new ApiError('unavailable', 'The database cannot be written at the moment: try again', {
    headers: { 'retry-after': '1' },
  })
}
