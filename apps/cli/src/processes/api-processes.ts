import cluster from 'node:cluster'
import { shareRateLimits } from '@dsapi/auth'
import type { Config } from '@dsapi/config'
import type { Logger } from '@dsapi/telemetry'
import { fixedPort } from './fixed-port.ts'
import { type Supervised, supervise } from './supervise.ts'

/** Several processes that answer on one port. */
export type ApiProcesses = Supervised

/**
 * Starts processes that share a port, a limit for each key and their counts, and looks after them. This
 * process accepts their connections and hands them out in turn (node:cluster).
 *
 * @param main the file that this process runs
 * @throws StartFailed when the first ends before it is ready
 */
export const startApiProcesses = async (
  main: string,
  count: number,
  { host, port, watchdogSeconds }: Pick<Config, 'host' | 'port' | 'watchdogSeconds'>,
  logger: Logger,
): Promise<ApiProcesses> => {
  const { relaySnapshots } = await import('@dsapi/api')
  cluster.setupPrimary({ exec: main, args: ['serve'] })
  shareRateLimits()
  relaySnapshots()
  const environment = { PORT: await fixedPort(host, port) }

  const start = () => {
    const worker = cluster.fork(environment)
    worker.on('error', (error) => logger.warn({ err: error })) // It was told something while it ended.
    return worker.process
  }
  const onCrash = (pauseMs: number) =>
    logger.warn(`An api process has ended and another comes in ${pauseMs} ms`)
  const options = {
    start,
    onCrash,
    hangMs: watchdogSeconds * 1000,
    onHang: (pid?: number) =>
      logger.error(
        { childPid: pid },
        `An api process sent no heartbeat for ${watchdogSeconds} seconds and is ended`,
      ),
  }
  // If the port is taken, the first one says so, and no other does.
  const first = await supervise(options)
  const others = Array.from({ length: count - 1 }, () => supervise(options))
  const started = await Promise.allSettled([first, ...others])
  const all = started.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
  const failed = started.find((one) => one.status === 'rejected')
  if (failed) {
    await Promise.all(all.map((one) => one.stop()))
    throw failed.reason
  }
  return {
    ready: first.ready,
    restart: async () => {
      for (const one of all) await one.restart()
    },
    stop: async (times) => {
      await Promise.all(all.map((one) => one.stop(times)))
    },
  }
}
