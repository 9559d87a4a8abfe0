import { format } from 'node:util'
import type { Logger } from '@dsapi/telemetry'

/** Sends what libraries print to the log, which removes secrets from errors. */
const logConsole = (logger: Logger) => {
  const printed =
    (level: 'info' | 'warn' | 'error') =>
    (...values: readonly unknown[]) => {
      const err = values.find((value) => value instanceof Error)
      const texts = values.filter((value) => value !== err)
      logger[level]({ ...(err !== undefined && { err }) }, format(...texts))
    }
  console.error = printed('error')
  console.warn = printed('warn')
  for (const name of ['log', 'info', 'debug'] as const) console[name] = printed('info')
}

/** Logs an uncaught exception and exits, because the state of the process is undefined after it. */
export const logCrashes = (logger: Logger): void => {
  logConsole(logger)
  process.on('uncaughtException', (error) => {
    logger.fatal({ err: error }, 'Uncaught exception: the process exits')
    process.exit(1)
  })
}
