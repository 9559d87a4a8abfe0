import cluster from 'node:cluster'
import { loadConfig, secretsIn } from '@dsapi/config'
import { createLogger } from '@dsapi/telemetry'
import type { Command } from 'commander'
import { leaveCluster } from '../processes/leave-cluster.ts'
import { logCrash } from '../processes/log-crash.ts'
import { reportReady } from '../processes/ready.ts'
import { rollingRestart } from '../processes/rolling-restart.ts'
import type { Supervised } from '../processes/supervise.ts'
import { waitForShutdown } from '../processes/wait-for-shutdown.ts'
import { beWatched } from '../processes/watchdog/be-watched.ts'
import { mostProcesses, wholeNumber } from '../terminal/arguments.ts'

const examples = `
Examples:
  $ dsapi serve
  $ PORT=9000 HOST=0.0.0.0 dsapi serve
  $ dsapi serve --processes 4`

export const addServe = (program: Command): void => {
  program
    .command('serve')
    .summary('run the HTTP api')
    .description('Runs the HTTP api until it is stopped (Ctrl-C, SIGTERM).')
    .option(
      '--processes <n>',
      'so many processes on one port, looked after by one more; SIGHUP restarts them one after another',
      wholeNumber(1, mostProcesses),
    )
    .addHelpText('after', examples)
    .action(serve)
}

const serve = ({ processes }: { readonly processes?: number }) =>
  processes === undefined || cluster.isWorker ? serveHere() : serveIn(processes)

const serveHere = async () => {
  const { startApi } = await import('@dsapi/api')
  const config = loadConfig()
  const logger = createLogger(config.logLevel, 'api', secretsIn())
  logCrash(logger)
  const told = waitForShutdown({ drainMs: config.drainSeconds * 1000 })
  const api = await startApi(config, logger)
  logger.info(`Listening on ${api.url}`)
  if (api.metricsUrl) logger.info(`Metrics on ${api.metricsUrl}`)
  reportReady(api.url)
  beWatched(config, logger, 'api')
  const times = await told
  logger.info('Stopping')
  await api.stop(times)
  await leaveCluster()
}

const serveIn = async (processes: number) => {
  const { startApiProcesses } = await import('../processes/api-processes.ts')
  const config = loadConfig()
  const logger = createLogger(config.logLevel, 'serve', secretsIn())
  logCrash(logger)
  let running: readonly Supervised[] = []
  const told = waitForShutdown({
    drainMs: config.drainSeconds * 1000,
    onReload: rollingRestart(() => running, logger),
  })
  const api = await startApiProcesses(process.argv[1], processes, config, logger)
  running = [api]
  logger.info('All processes are ready')
  reportReady(api.ready)
  beWatched(config, logger, 'serve')
  const times = await told
  await api.stop(times)
}
