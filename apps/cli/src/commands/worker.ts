import { loadConfig, secretsIn } from '@dsapi/config'
import { createLogger } from '@dsapi/log'
import type { Command } from 'commander'
import { wholeNumber } from '../arguments.ts'
import { logCrash } from '../log-crash.ts'
import { reportReady } from '../ready.ts'
import { untilTold } from '../until-told.ts'
import { beWatched } from '../watchdog/be-watched.ts'

const examples = `
Examples:
  $ dsapi worker
  $ REDIS_URL=redis://localhost:6379 dsapi worker --concurrency 4`

export const addWorker = (program: Command): void => {
  program
    .command('worker')
    .summary('run a queue worker')
    .description('Computes slow predictions until it is told to stop (Ctrl-C, SIGTERM).')
    .option('--concurrency <n>', 'predictions at a time', wholeNumber(1, 1000), 10)
    .addHelpText('after', examples)
    .action(worker)
}

const worker = async ({ concurrency }: { readonly concurrency: number }) => {
  const { startPredictionWorker } = await import('@dsapi/worker')
  const config = loadConfig()
  const logger = createLogger(config.logLevel, 'worker', secretsIn())
  logCrash(logger)
  const stopped = untilTold()
  const running = await startPredictionWorker(config, logger, concurrency)
  logger.info('Waiting for slow predictions')
  reportReady('')
  beWatched(config, logger, 'worker')
  await stopped
  logger.info('Stopping')
  await running.stop()
}
