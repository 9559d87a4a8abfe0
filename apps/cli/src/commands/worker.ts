import { loadConfig, secretsIn } from '@dsapi/config'
import { createLogger } from '@dsapi/telemetry'
import type { Command } from 'commander'
import { logCrash } from '../processes/log-crash.ts'
import { reportReady } from '../processes/ready.ts'
import { waitForShutdown } from '../processes/wait-for-shutdown.ts'
import { beWatched } from '../processes/watchdog/be-watched.ts'
import { wholeNumber } from '../terminal/arguments.ts'

const examples = `
Examples:
  $ dsapi worker
  $ REDIS_URL=redis://localhost:6379 dsapi worker --concurrency 4`

export const addWorker = (program: Command): void => {
  program
    .command('worker')
    .summary('run a queue worker')
    .description('Computes slow predictions until it is stopped (Ctrl-C, SIGTERM).')
    .option('--concurrency <n>', 'predictions at a time', wholeNumber(1, 1000), 10)
    .addHelpText('after', examples)
    .action(worker)
}

const worker = async ({ concurrency }: { readonly concurrency: number }) => {
  const { startPredictionWorker } = await import('@dsapi/worker')
  const config = loadConfig()
  const logger = createLogger(config.logLevel, 'worker', secretsIn())
  logCrash(logger)
  const stopped = waitForShutdown()
  const running = await startPredictionWorker(config, logger, concurrency)
  logger.info('Waiting for slow predictions')
  reportReady('')
  beWatched(config, logger, 'worker')
  await stopped
  logger.info('Stopping')
  await running.stop()
}
