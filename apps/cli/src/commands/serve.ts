import { loadConfig } from '@dsapi/config'
import { createLogger } from '@dsapi/log'
import type { Command } from 'commander'
import { reportReady } from '../ready.ts'
import { untilSignal } from '../until-signal.ts'

const examples = `
Examples:
  $ dsapi serve
  $ PORT=9000 HOST=0.0.0.0 dsapi serve`

export const addServe = (program: Command): void => {
  program
    .command('serve')
    .summary('run the HTTP api')
    .description('Runs the HTTP api until it is told to stop (Ctrl-C, SIGTERM).')
    .addHelpText('after', examples)
    .action(serve)
}

const serve = async () => {
  const { startApi } = await import('@dsapi/api')
  const config = loadConfig()
  const logger = createLogger(config.logLevel, 'api')
  const stopped = untilSignal()
  const api = await startApi(config, logger)
  logger.info(`Listening on ${api.url}`)
  reportReady(api.url)
  await stopped
  logger.info('Stopping')
  await api.stop()
}
