import { format } from 'node:util'
import type { Logger } from '@dsapi/telemetry'

/** What libraries print goes through the log, which knows what an error may show. */
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

/** Has what nobody caught end this process once it is logged: nobody knows what state it has left behind. */
export const logCrash = (logger: Logger): void => {
  logConsole(logger)
  process.on('uncaughtException', (error) => {
    logger.fatal({ err: error }, 'Nobody caught this: the process ends')
    process.exit(1)
  })
}
