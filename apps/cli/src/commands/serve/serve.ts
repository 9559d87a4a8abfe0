import cluster from 'node:cluster'
import { startApi } from '@dsapi/api'
import { type Config, loadConfig, secretsIn } from '@dsapi/config'
import { createLogger } from '@dsapi/telemetry'
import { startApiProcesses } from '../../processes/api-processes.ts'
import { leaveCluster } from '../../processes/leave-cluster.ts'
import { logCrashes } from '../../processes/log-crashes.ts'
import { reportReady } from '../../processes/ready-message.ts'
import { rollingRestart } from '../../processes/rolling-restart.ts'
import type { Supervised } from '../../processes/supervise.ts'
import { waitForShutdown } from '../../processes/wait-for-shutdown.ts'
import { startWatchdog } from '../../processes/watchdog/start-watchdog.ts'

type ServeOptions = {
  readonly processes?: number
  readonly platform?: string
}

export const serve = ({ processes, platform }: ServeOptions): Promise<void> => {
  const config = loadConfig({ ...process.env, ...(platform && { DSAPI_PLATFORM: platform }) })
  return processes === undefined || cluster.isWorker
    ? serveHere(config)
    : serveIn(processes, config)
}

const serveHere = async (config: Config) => {
  const logger = createLogger(config.logLevel, 'api', secretsIn())
  logCrashes(logger)
  const shutdown = waitForShutdown({ drainMs: config.drainSeconds * 1000 })
  const api = await startApi(config, logger)
  logger.info(`Listening on ${api.url}`)
  if (api.metricsUrl) logger.info(`Metrics on ${api.metricsUrl}`)
  startWatchdog(config, logger, 'api')
  reportReady(api.url)
  const times = await shutdown
  logger.info('Stopping')
  await api.stop(times)
  await leaveCluster()
}

const serveIn = async (processes: number, config: Config) => {
  const logger = createLogger(config.logLevel, 'serve', secretsIn())
  logCrashes(logger)
  let running: readonly Supervised[] = []
  const shutdown = waitForShutdown({
    drainMs: config.drainSeconds * 1000,
    onReload: rollingRestart(() => running, logger),
  })
  const api = await startApiProcesses(process.argv[1], processes, config, logger)
  running = [api]
  logger.info('All processes are ready')
  reportReady(api.address)
  startWatchdog(config, logger, 'serve')
  const times = await shutdown
  await api.stop(times)
}
