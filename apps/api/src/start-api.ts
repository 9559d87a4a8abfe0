import { setTimeout as wait } from 'node:timers/promises'
import {
  authenticateOnce,
  createAuthenticator,
  createRateLimits,
  followKeys,
  hasDemoKeys,
  trackUsage,
} from '@dsapi/auth'
import type { Config } from '@dsapi/config'
import { openDatabase, reportOutages } from '@dsapi/db'
import { createDispatcher, createJobQueue, refuseMissingDatabase, watchJobs } from '@dsapi/queue'
import { expirePredictions, followModel } from '@dsapi/registry'
import type { Logger } from '@dsapi/telemetry'
import { startTracing } from '@dsapi/telemetry'
import { createApp } from './app.ts'
import { logPredictions } from './endpoints/predict/record-predictions.ts'
import { createFastPath } from './fast-path.ts'
import { createHostCheck } from './http/host-check.ts'
import { ListenError, listen } from './http/http-server.ts'
import { createKeyFirst } from './http/key-first.ts'
import { isLoopback } from './http/loopback.ts'
import { createMemoryBudget } from './http/memory-budget.ts'
import { createObserve, observeRefused } from './http/middleware/observe.ts'
import { watchOverload } from './http/overload.ts'
import { bodyLimit } from './http/read-body.ts'
import { serverUrl } from './http/server-url.ts'
import { createPredictor, memoryPerByte } from './instances/predictor.ts'
import { gatherSnapshots } from './metrics/gather-snapshots.ts'
import { listenForMetrics } from './metrics/listen-for-metrics.ts'
import { createMetrics } from './metrics/metrics.ts'

/** For how long an api that ends still serves those who do not know of it yet. */
export type StopTimes = {
  /** First it says that it is not ready, and answers as ever: load balancers need so long to notice. */
  readonly drainMs: number
  /** Then it accepts no connections any more, and still answers requests over open ones. */
  readonly lingerMs: number
}

export type Api = {
  /** Where it listens: `http://127.0.0.1:8000`. */
  readonly url: string
  /** Where the metrics are, unless they are off or on the port of the api. */
  readonly metricsUrl: string | undefined
  /** Finishes the requests under way, then lets go of everything. */
  readonly stop: (times?: StopTimes) => Promise<void>
}

const dayMs = 86_400_000
const followEveryMs = 1000
const stopGraceMs = 10_000
/** How long the last writes may take once no request is open: longer than SQLite's lock is waited for. */
const lastWriteMs = 6000
/** How soon a client that waits has its result; and how often events are looked for. */
const endWatchMs = 50
const changeWatchMs = 1000

/**
 * Starts the HTTP api in this process.
 *
 * @throws DatabaseError, ListenError, NoModelError, RedisError
 */
export const startApi = async (config: Config, logger: Logger): Promise<Api> => {
  if (config.redisUrl !== undefined) await refuseMissingDatabase(config.redisUrl)
  const db = await openDatabase(config.database)
  const onError = reportOutages(db, {
    onUnreachable: (err) =>
      logger.warn({ err }, 'The database is away: requests are refused until it is back'),
    onReconnected: (unreachableMs) =>
      logger.info({ unreachableMs: Math.round(unreachableMs) }, 'The database is back'),
    onError: (err) => logger.warn({ err }),
  })
  const cleanups: (() => unknown)[] = [() => db.destroy()]
  let times: StopTimes = { drainMs: 0, lingerMs: 0 }
  const stop = async (wished = times) => {
    times = wished
    // What one of them cannot put in order must not keep the others from it.
    for (const cleanup of cleanups.splice(0).reverse()) {
      await Promise.resolve().then(cleanup).catch(onError)
    }
  }

  try {
    const isOnLoopback = isLoopback(config.host)
    if (!isOnLoopback && (await hasDemoKeys(db, Date.now()))) {
      throw new ListenError(
        `This database holds the public demo keys, so it is served on loopback only and not on ${config.host}. Revoke them first: dsapi keys revoke`,
      )
    }
    const keys = await followKeys(db, { onError })
    cleanups.push(keys.stop)
    const usage = trackUsage(db, { onError })
    cleanups.push(usage.stop)
    const isAllowedHost = createHostCheck(config.allowedHosts)
    const authenticator = createAuthenticator(keys, {
      acceptDemoKeys: (host) => isOnLoopback && isAllowedHost(host),
    })
    const predictionLog = config.predictionLog === 'on' ? logPredictions(db, logger) : undefined
    if (predictionLog) cleanups.push(predictionLog.stop)
    const metrics = createMetrics({
      db,
      authenticator,
      keys,
      unlogged: predictionLog?.dropped,
      onError,
    })
    metrics.setRateLimitsShared(config.redisUrl !== undefined)
    const rateLimits = createRateLimits({
      redisUrl: config.redisUrl,
      onRedisUnreachable: (error) => {
        metrics.setRateLimitsShared(false)
        logger.warn(
          { err: error },
          'Redis is unreachable or refuses writes: each host limits rates by itself',
        )
      },
      onRedisReconnected: () => {
        metrics.setRateLimitsShared(true)
        logger.info('Redis works again: rates are limited for all hosts together')
      },
    })
    cleanups.push(rateLimits.close)
    const dispatcher = createDispatcher(db, config.redisUrl, onError, () =>
      logger.info('Redis works again: it wakes workers'),
    )
    cleanups.push(dispatcher.close)
    const served = await followModel(db, {
      everyMs: followEveryMs,
      onChange: ({ tag }) => {
        metrics.setModel(tag)
        logger.info(`Model ${tag} is served from now on`)
      },
      onError,
    })
    cleanups.push(served.stop)
    metrics.setModel(served.current().tag)
    const endWatch = watchJobs(db, { everyMs: endWatchMs, onError })
    const changeWatch = watchJobs(db, { everyMs: changeWatchMs, onError })
    cleanups.push(endWatch.stop, changeWatch.stop)
    const predictor = createPredictor(Math.round(config.predictSeconds * 1000))
    cleanups.push(predictor.close)
    const keepMs = Math.round(config.predictionLogDays * dayMs)
    cleanups.push(expirePredictions(db, { keepMs, onError }))
    const memory = createMemoryBudget(config.requestMemory)
    const draining = new AbortController()
    const stopping = new AbortController()
    const tracing = await startTracing('dsapi-api', config.otlpEndpoint)
    if (tracing) cleanups.push(tracing.stop)
    const overload = watchOverload()
    cleanups.push(overload.stop)
    const gathered = gatherSnapshots(metrics)
    const observe = createObserve(logger, metrics)
    const authenticate = authenticateOnce(authenticator.authenticate)
    const { prepare, targetOf } = createKeyFirst(authenticate)
    const app = createApp({
      db,
      dispatcher,
      queue: createJobQueue(db, dispatcher, { limit: config.queueLimit }),
      endWatch,
      changeWatch,
      draining: draining.signal,
      stopping: stopping.signal,
      authenticate,
      targetOf,
      observe,
      usage,
      rateLimits,
      currentModel: served.current,
      logger,
      memory,
      jsonBody: bodyLimit(memory, config.maxBody),
      instancesBody: bodyLimit(memory, config.maxInstances, memoryPerByte),
      maxBatch: config.maxBatch,
      predictor,
      metrics,
      snapshotsHere: config.metricsPort === 'api' ? gathered.snapshots : undefined,
      isAllowedHost,
      tracing,
      isOverloaded: overload.isOverloaded,
      corsOrigins: config.corsOrigins,
      recordPredictions: predictionLog?.note,
      timeLimitMs: Math.round(config.jobSeconds * 1000),
    })
    const fastPath = createFastPath({
      authenticate,
      usage,
      currentModel: served.current,
      metrics,
      observe,
      recordPredictions: predictionLog?.note,
    })
    cleanups.push(
      gathered.leave,
      // A database that is away is not waited for by whoever still writes then.
      () => void setTimeout(() => void db.destroy(), lastWriteMs).unref(),
    )
    // A span is begun and ended on the long way only.
    const server = await listen(app.fetch, config.host, config.port, {
      fastPath: tracing ? undefined : fastPath,
      prepare,
      onRefused: (request) => observeRefused(observe, request),
      onError: (err) => logger.error({ err }, 'Request failed'),
      onTooManyConnections: (facts) =>
        logger.warn(
          facts,
          'Too many connections: new ones are closed. Raise the limit of open files (ulimit -n)',
        ),
    })
    cleanups.push(
      () => server.stop({ graceMs: stopGraceMs, lingerMs: times.lingerMs }),
      () => stopping.abort(),
      async () => {
        draining.abort()
        if (times.drainMs === 0) return
        server.drain()
        await wait(times.drainMs)
      },
    )
    // After the api's own port: processes of a cluster that ask for any free port get the same ones only in the same order.
    const metricsServer = await listenForMetrics(config, {
      snapshots: gathered.snapshots,
      isAllowedHost,
      logger,
    })
    if (metricsServer) cleanups.push(metricsServer.stop)
    return { url: serverUrl(config.host, server.port), metricsUrl: metricsServer?.url, stop }
  } catch (error) {
    await stop()
    throw error
  }
}
