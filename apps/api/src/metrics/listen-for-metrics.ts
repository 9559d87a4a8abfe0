import type { Config } from '@dsapi/config'
import type { Logger } from '@dsapi/telemetry'
import type { IsAllowedHost } from '../http/host-check.ts'
import { ListenError, listen } from '../http/http-server.ts'
import { isLoopback } from '../http/loopback.ts'
import { serverUrl } from '../http/server-url.ts'
import { createMetricsApp } from './metrics-app.ts'
import type { Snapshot } from './snapshot.ts'

type MetricsServer = { readonly url: string; readonly stop: () => Promise<void> }

type MetricsDeps = {
  readonly snapshots: () => Promise<readonly Snapshot[]>
  readonly isAllowedHost: IsAllowedHost
  readonly logger: Logger
}

/** Where the metrics are, unless somebody says otherwise: the port of OpenTelemetry's own exporter for Prometheus. */
export const usualMetricsPort = 9464
const stopGraceMs = 10_000

/**
 * Serves the metrics on a port of their own, unless they are off or on the port of the api. On loopback only names of
 * this machine are answered; another address is meant for clients that call it by other names.
 *
 * @throws ListenError when a port that was asked for cannot be had
 */
export const listenForMetrics = async (
  { metricsPort, metricsHost: host }: Config,
  { snapshots, isAllowedHost, logger }: MetricsDeps,
): Promise<MetricsServer | undefined> => {
  if (metricsPort === 'off' || metricsPort === 'api') return undefined
  const { fetch } = createMetricsApp(snapshots, isLoopback(host) ? isAllowedHost : () => true)
  const listenOn = (port: number) => listen(fetch, host, port, { variable: 'DSAPI_METRICS_PORT' })

  /** A second server on a machine finds the usual port taken; that is no reason not to start. */
  const listenOnUsualPort = async () => {
    try {
      return await listenOn(usualMetricsPort)
    } catch (error) {
      if (!(error instanceof ListenError)) throw error
      logger.info(
        `Port ${usualMetricsPort} is in use, so the metrics are on a free port. Set DSAPI_METRICS_PORT to choose the port`,
      )
      return listenOn(0)
    }
  }
  const server = await (metricsPort === undefined ? listenOnUsualPort() : listenOn(metricsPort))
  return {
    url: `${serverUrl(host, server.port)}/metrics`,
    stop: () => server.stop({ graceMs: stopGraceMs, lingerMs: 0 }),
  }
}
