import type { Logger } from '@dsapi/telemetry'
import { messageOf } from '../terminal/message-of.ts'
import type { Supervised } from './supervise.ts'

/**
 * Makes the handler of SIGHUP: it replaces the processes one at a time, so that there are never fewer of them. Called
 * during a restart, it restarts them once more afterwards.
 */
export const rollingRestart = (
  parts: () => readonly Supervised[],
  logger: Logger,
): (() => void) => {
  let current: Promise<void> = Promise.resolve()
  let isWanted = false
  const restart = async () => {
    if (!isWanted || parts().length === 0) return // During the start there is nothing to replace.
    isWanted = false
    logger.info('Restarting the processes, one after another')
    try {
      for (const part of parts()) await part.restart()
      logger.info('Restarted')
    } catch (error) {
      logger.error(
        `The restart has failed, and the remaining old processes go on: ${messageOf(error)}`,
      )
    }
  }
  return () => {
    isWanted = true
    current = current.then(restart)
  }
}
