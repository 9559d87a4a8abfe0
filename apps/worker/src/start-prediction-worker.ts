import type { Config } from '@dsapi/config'
import { openDatabase, reportOutages } from '@dsapi/db'
import { createDispatcher, type Handler, refuseMissingDatabase, startWorker } from '@dsapi/queue'
import { followModel } from '@dsapi/registry'
import type { Logger } from '@dsapi/telemetry'
import { startTracing } from '@dsapi/telemetry'
import { batch } from './batch.ts'
import { createCompute } from './compute.ts'
import { createJobModel } from './job-model.ts'
import { observed } from './observed.ts'
import { slowPrediction } from './slow-prediction.ts'

export type PredictionWorker = {
  /** Finishes the jobs that it holds or gives them back, then lets go of everything. */
  readonly stop: () => Promise<void>
}

const followEveryMs = 1000
const leaseMs = 2000
const maxAttempts = 3
const stopGraceMs = 10_000
const dayMs = 86_400_000

/**
 * Starts a worker for slow predictions in this process.
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
  const cleanups: (() => unknown)[] = [() => db.destroy()]
  const stop = async () => {
    // What one of them cannot put in order must not keep the others from it.
    for (const cleanup of cleanups.splice(0).reverse()) {
      await Promise.resolve().then(cleanup).catch(onError)
    }
  }
  try {
    const served = await followModel(db, {
      everyMs: followEveryMs,
      onChange: ({ tag }) => logger.info(`Model ${tag} is used from now on`),
      onError,
    })
    cleanups.push(served.stop)
    const dispatcher = createDispatcher(db, config.redisUrl, onError, () =>
      logger.info('Redis is reachable again. It notifies workers of new jobs'),
    )
    cleanups.push(dispatcher.close)
    const { compute, close } = createCompute(concurrency)
    cleanups.push(close)
    const modelOf = createJobModel(db, served.current)
    const handlers: Readonly<Record<string, Handler>> = {
      'slow-prediction': slowPrediction(modelOf, config.slowSeconds, compute),
      batch: batch({ db, modelOf, compute, maxResult: config.maxResult }),
    }
    const tracing = await startTracing('dsapi-worker', config.otlpEndpoint)
    if (tracing) cleanups.push(tracing.stop)
    const handler = observed(handlers, logger, tracing)
    const worker = startWorker(db, dispatcher, {
      handler,
      concurrency,
      leaseMs,
      maxAttempts,
      keepMs: Math.round(config.resultDays * dayMs),
      onError,
    })
    cleanups.push(
      () => worker.stop(stopGraceMs),
      // Writes that are still pending then do not wait for an unreachable database.
      () => void setTimeout(() => void db.destroy(), stopGraceMs + leaseMs).unref(),
    )
    return { stop }
  } catch (error) {
    await stop()
    throw error
  }
}
