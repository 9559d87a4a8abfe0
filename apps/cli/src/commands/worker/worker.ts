import { loadConfig, secretsIn } from '@dsapi/config'
import { createLogger } from '@dsapi/telemetry'
import { startPredictionWorker } from '@dsapi/worker'
import { logCrashes } from '../../processes/log-crashes.ts'
import { reportReady } from '../../processes/ready-message.ts'
import { waitForShutdown } from '../../processes/wait-for-shutdown.ts'
import { startWatchdog } from '../../processes/watchdog/start-watchdog.ts'

export const worker = async ({ concurrency }: { readonly concurrency: number }): Promise<void> => {
  const config = loadConfig()
  const logger = createLogger(config.logLevel, 'worker', secretsIn())
  logCrashes(logger)
  const shutdown = waitForShutdown()
  const running = await startPredictionWorker(config, logger, concurrency)
  logger.info('Waiting for jobs')
  startWatchdog(config, logger, 'worker')
  reportReady('')
  await shutdown
  logger.info('Stopping')
  await running.stop()
}
