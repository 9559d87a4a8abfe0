import { fork } from 'node:child_process'
import type { Config } from '@dsapi/config'
import type { Logger } from '@dsapi/telemetry'
import { type Supervised, supervise } from './supervise.ts'

/**
 * Starts and supervises a worker process.
 *
 * @param main the file that this process runs
 * @throws StartFailed when it ends before it is ready
 */
export const startWorkerProcess = (
  main: string,
  { watchdogSeconds }: Pick<Config, 'watchdogSeconds'>,
  logger: Logger,
): Promise<Supervised> =>
  supervise({
    start: () => fork(main, ['worker']),
    onCrash: (pauseMs) =>
      logger.warn(`The worker process ended unexpectedly and is restarted in ${pauseMs} ms`),
    hangMs: watchdogSeconds * 1000,
    onHang: (pid) =>
      logger.error(
        { childPid: pid },
        `The worker process sent no heartbeat for ${watchdogSeconds} seconds and is killed`,
      ),
  })
