import type { Config } from '@dsapi/config'
import { refuseMissingDatabase } from '@dsapi/queue'
import { type Logger, startTracing } from '@dsapi/telemetry'
import type { AppDeps } from './app-deps.ts'
import { isOfConsole } from './console/console-area.ts'
import { markConsole } from './console/console-request.ts'
import { acceptSessions } from './console/signed-in.ts'
import { endpoints } from './endpoints/list.ts'
import { createNeedsNoKey } from './endpoints/needs-no-key.ts'
import { createHiddenPaths, type HiddenPaths } from './http/hidden-paths.ts'
import { createHostCheck } from './http/host-check.ts'
import { createObserve } from './http/middleware/observe.ts'
import { type Overload, watchOverload } from './http/overload.ts'
import { createRouteOf, trustPlatform } from './http/platform.ts'
import { gatherSnapshots } from './metrics/gather-snapshots.ts'
import { listenForMetrics } from './metrics/listen-for-metrics.ts'
import { createMetrics } from './metrics/metrics.ts'
import { createDocuments } from './start/create-documents.ts'
import { createLimits } from './start/create-limits.ts'
import { openApiDatabase } from './start/open-database.ts'
import { startConsole } from './start/start-console.ts'
import type { StartContext } from './start/start-context.ts'
import { startJobs } from './start/start-jobs.ts'
import { startKeys } from './start/start-keys.ts'
import { startModels } from './start/start-models.ts'
import { startPredictionLog } from './start/start-prediction-log.ts'
import { startRateLimits } from './start/start-rate-limits.ts'
import { startApiRetention } from './start/start-retention.ts'
import { type StopTimes, startServer } from './start/start-server.ts'
import { startTraffic } from './start/start-traffic.ts'
import { stopAll } from './start/stop-all.ts'

export type Api = {
  /** Where it listens: `http://127.0.0.1:8000`. */
  readonly url: string
  /** Where the metrics are, unless they are off or on the port of the API. */
  readonly metricsUrl: string | undefined
  /** Finishes the requests under way, then closes everything. */
  readonly stop: (times?: StopTimes) => Promise<void>
}

/** How long the last writes may take once no request is open: longer than SQLite's lock is waited for. */
const lastWriteMs = 6000

/**
 * Starts the HTTP API in this process.
 *
 * @param watchLoad starts to watch whether the process is too busy for more requests
 * @throws DatabaseError, ListenError, NoModelError, RedisError
 */
export const startApi = async (
  config: Config,
  logger: Logger,
  watchLoad: () => Overload = watchOverload,
): Promise<Api> => {
  if (config.redisUrl !== undefined) await refuseMissingDatabase(config.redisUrl)
  const { db, onError } = await openApiDatabase(config, logger)
  const stack = new AsyncDisposableStack()
  stack.defer(() => db.destroy())
  let times: StopTimes = { drainMs: 0, lingerMs: 0 }
  const stop = (asked = times) => {
    times = asked
    return stopAll(stack, onError)
  }
  try {
    const context = { config, logger, db, onError, stack }
    return { ...(await startParts(context, watchLoad, () => times)), stop }
  } catch (error) {
    await stop()
    throw error
  }
}

const startParts = async (
  context: StartContext,
  watchLoad: () => Overload,
  times: () => StopTimes,
): Promise<Omit<Api, 'stop'>> => {
  const { config, logger, db, onError, stack } = context
  const isAllowedHost = createHostCheck(config.allowedHosts)
  const { platform } = config
  const keys = await startKeys(context, isAllowedHost)
  const { authenticator, failedAttempts, followed, usage } = keys
  const console = startConsole(context, followed, authenticator.authenticate)
  const byKey = platform ? trustPlatform(keys.authenticate) : keys.authenticate
  const authenticate = console ? acceptSessions(byKey, console.signedIn) : byKey
  const predictionLog = startPredictionLog(context)
  const traffic = startTraffic(context)
  startApiRetention(context)
  const metrics = createMetrics({
    db,
    authenticator,
    keys: followed,
    unlogged: predictionLog?.dropped,
    onError,
  })
  const rateLimits = await startRateLimits(context, metrics)
  const jobs = await startJobs(context)
  const overload = watchLoad()
  stack.defer(overload.stop)
  const record = predictionLog?.record
  const models = await startModels(context, metrics, record, overload.isOverloaded)
  const tracing = await startTracing('dsapi-api', config.otlpEndpoint)
  if (tracing) stack.defer(tracing.stop)
  const { snapshots, leave } = gatherSnapshots(metrics)
  stack.defer(leave)
  // Nothing that still writes then waits for a database that is unreachable.
  stack.defer(() => void setTimeout(() => void db.destroy(), lastWriteMs).unref())

  const isWithoutKey = createNeedsNoKey(endpoints)
  const needsNoKey = console
    ? (path: string) => isWithoutKey(path) || isOfConsole(path)
    : isWithoutKey
  const hiddenPaths = createHiddenPaths(authenticate, needsNoKey)
  const draining = new AbortController()
  const stopping = new AbortController()
  const deps: AppDeps = {
    db,
    keys: { authenticate, failedAttempts, usage, rateLimits, targetOf: hiddenPaths.targetOf },
    models,
    jobs,
    documents: createDocuments(models.describedModel),
    limits: createLimits(config),
    observe: {
      logger,
      metrics,
      observe: createObserve(logger, metrics, traffic),
      tracing,
      snapshotsHere: config.metricsPort === 'api' ? snapshots : undefined,
      isAllowedHost,
    },
    life: {
      isOverloaded: overload.isOverloaded,
      draining: draining.signal,
      stopping: stopping.signal,
    },
    console,
    corsOrigins: config.corsOrigins,
  }
  const routeOf = platform && createRouteOf(platform)
  const prepare: HiddenPaths['prepare'] = (request) => {
    routeOf?.(request)
    if (console) markConsole(request)
    return hiddenPaths.prepare(request)
  }
  const url = await startServer(context, deps, prepare, { draining, stopping, times })
  // After the API's own port: processes of a cluster that ask for any free port get the same ones only in the same order.
  const metricsServer = await listenForMetrics(config, { snapshots, isAllowedHost, logger })
  if (metricsServer) stack.defer(metricsServer.stop)
  return { url, metricsUrl: metricsServer?.url }
}
