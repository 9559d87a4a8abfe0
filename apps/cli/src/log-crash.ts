import type { Logger } from '@dsapi/log'

/** Has what nobody caught end this process once it is logged: nobody knows what state it has left behind. */
export const logCrash = (logger: Logger): void => {
  process.on('uncaughtException', (error) => {
    logger.fatal({ err: error }, 'Nobody caught this: the process ends')
    process.exit(1)
  })
}
