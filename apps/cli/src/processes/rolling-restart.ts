import type { Logger } from '@dsapi/telemetry'
import { messageOf } from '../terminal/message-of.ts'
import type { Supervised } from './supervise.ts'

/**
 * Makes what SIGHUP does: it puts new processes in the place of the old ones, one at a time, so that there
 * are never fewer of them. Asked for while it is under way, it happens once more.
 */
export const rollingRestart = (
  parts: () => readonly Supervised[],
  logger: Logger,
): (() => void) => {
  let turn: Promise<void> = Promise.resolve()
  let isWanted = false
  const restart = async () => {
    if (!isWanted || parts().length === 0) return // What is only starting is new.
    isWanted = false
    logger.info('Restarting, one process after another')
    try {
      for (const part of parts()) await part.restart()
      logger.info('Restarted')
    } catch (error) {
      logger.error(`The restart was given up, the old processes go on: ${messageOf(error)}`)
    }
  }
  return () => {
    isWanted = true
    turn = turn.then(restart)
  }
}
