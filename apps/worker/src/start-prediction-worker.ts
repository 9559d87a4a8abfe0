import type { Config } from '@dsapi/config'
import { openDatabase, reportOutages } from '@dsapi/db'
import type { JobKind } from '@dsapi/inference'
import { createDispatcher, type Handler, refuseMissingDatabase, startWorker } from '@dsapi/queue'
import { createModelHost, followModels, nameOfVersion } from '@dsapi/registry'
import { startRetention } from '@dsapi/retention'
import { type Logger, startTracing } from '@dsapi/telemetry'
import { startDeliveries } from '@dsapi/webhooks'
import { batch } from './batch.ts'
import { createCompute, longestPieceMs } from './compute.ts'
import { createJobModel } from './job-model.ts'
import { logWebhook } from './log-webhook.ts'
import { observed } from './observed.ts'
import { slowPrediction } from './slow-prediction.ts'

export type PredictionWorker = {
  /** Finishes the jobs that it holds or returns them to the queue, then closes everything. */
  readonly stop: () => Promise<void>
}

const followEveryMs = 1000
const leaseMs = 2000
const maxAttempts = 3
const stopGraceMs = 10_000

/**
 * Starts a worker for slow predictions and batches in this process.
 *
 * @param concurrency how many jobs it holds at a time
 * @throws DatabaseError, NoModelError
 */
export const startPredictionWorker = async (
  config: Config,
  logger: Logger,
  concurrency: number,
): Promise<PredictionWorker> => {
  if (config.redisUrl !== undefined) await refuseMissingDatabase(config.redisUrl)
  const db = await openDatabase(config.database)
  const onError = reportOutages(db, {
    onUnreachable: (err) =>
      logger.warn(
        { err },
        'The database is unreachable: no jobs are computed until it answers again',
      ),
    onReconnected: (unreachableMs) =>
      logger.info({ unreachableMs: Math.round(unreachableMs) }, 'The database answers again'),
    onError: (err) => logger.warn({ err }),
  })
  // What cannot be closed must not keep the rest from being closed: the stack goes on after an error.
  const started = new AsyncDisposableStack()
  started.defer(() => db.destroy())
  const stop = () => started.disposeAsync().catch(onError)
  try {
    const host = createModelHost({
      cacheFolder: config.modelCache,
      timeLimitMs: longestPieceMs,
      onCacheUnusable: (message) => logger.warn(message),
      onLine: (model, line) => logger.info({ model }, line),
      onEngine: (model, { isReady, lastError }) => {
        if (!isReady && lastError !== undefined) logger.warn({ model }, lastError)
      },
    })
    started.defer(host.close)
    const served = await followModels(db, {
      ...{ host, everyMs: followEveryMs, onError },
      onChange: (model) => logger.info(`Model ${nameOfVersion(model)} is now served`),
    })
    started.defer(served.stop)
    const dispatcher = await createDispatcher(db, config.redisUrl, onError, () =>
      logger.info('Redis is reachable again. It notifies workers of new jobs'),
    )
    started.defer(dispatcher.close)
    const { compute, close } = createCompute(concurrency)
    started.defer(close)
    const modelOf = createJobModel(served)
    const handlers: Readonly<Record<JobKind, Handler>> = {
      'slow-prediction': slowPrediction(modelOf, config.slowSeconds, compute),
      batch: batch({ db, modelOf, compute, maxResult: config.maxResult }),
    }
    const tracing = await startTracing('dsapi-worker', config.otlpEndpoint)
    if (tracing) started.defer(tracing.stop)
    const handler = observed(handlers, logger, tracing)
    const webhooks = startDeliveries(db, {
      allowedHosts: config.webhookHosts,
      onAttempt: logWebhook(logger),
      onError,
    })
    const worker = startWorker(db, dispatcher, {
      handler,
      concurrency,
      leaseMs,
      maxAttempts,
      onError,
    })
    started.defer(async () => {
      await Promise.all([worker.stop(stopGraceMs), webhooks.stop(stopGraceMs)])
    })
    const retention = startRetention(db, {
      days: config,
      onDeleted: (kind, rows) => logger.info({ kind, rows }, 'Expired data deleted'),
      onError,
    })
    started.defer(retention)
    // A write to an unreachable database must not hold up the stop.
    started.defer(() => void setTimeout(() => void db.destroy(), stopGraceMs + leaseMs).unref())
    return { stop }
  } catch (error) {
    await stop()
    throw error
  }
}
