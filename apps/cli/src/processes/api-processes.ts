import cluster from 'node:cluster'
import { relaySnapshots } from '@dsapi/api'
import { shareRateLimits } from '@dsapi/auth'
import type { Config } from '@dsapi/config'
import type { Logger } from '@dsapi/telemetry'
import { choosePort } from './choose-port.ts'
import { type Supervised, supervise } from './supervise.ts'

/**
 * Starts and supervises processes that share a port, the rate limits of keys and the metrics. This process accepts
 * connections and distributes them in turn (node:cluster).
 *
 * @param main the file that this process runs
 * @throws StartFailed when the first ends before it is ready
 */
export const startApiProcesses = async (
  main: string,
  count: number,
  {
    host,
    port,
    platform,
    watchdogSeconds,
  }: Pick<Config, 'host' | 'port' | 'platform' | 'watchdogSeconds'>,
  logger: Logger,
): Promise<Supervised> => {
  cluster.setupPrimary({ exec: main, args: ['serve'] })
  shareRateLimits()
  relaySnapshots()
  const environment = {
    PORT: await choosePort(host, port),
    ...(platform && { DSAPI_PLATFORM: platform.name }),
  }

  const start = () => {
    const worker = cluster.fork(environment)
    worker.on('error', (error) => logger.warn({ err: error })) // A message was sent to it while it ended.
    return worker.process
  }
  const onCrash = (pauseMs: number) =>
    logger.warn(`An API process ended unexpectedly and is restarted in ${pauseMs} ms`)
  const options = {
    start,
    onCrash,
    hangMs: watchdogSeconds * 1000,
    onHang: (pid?: number) =>
      logger.error(
        { childPid: pid },
        `An API process sent no heartbeat for ${watchdogSeconds} seconds and is killed`,
      ),
  }
  // If the port is in use, only the first process reports it.
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
    address: first.address,
    restart: async () => {
      for (const one of all) await one.restart()
    },
    stop: async (times) => {
      await Promise.all(all.map((one) => one.stop(times)))
    },
  }
}
