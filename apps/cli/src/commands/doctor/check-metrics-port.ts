import type { Config } from '@dsapi/config'

const patienceMs = 2000

/**
 * Returns where a server that starts now publishes its metrics.
 *
 * @throws ListenError when it could not start, because another program uses the port in DSAPI_METRICS_PORT
 */
export const checkMetricsPort = async ({
  metricsPort,
  metricsHost: host,
}: Pick<Config, 'metricsPort' | 'metricsHost'>): Promise<string> => {
  if (metricsPort === 'off') return 'off (DSAPI_METRICS_PORT)'
  if (metricsPort === 'api') return 'on the port of the API, for requests from this machine'
  const { listen, usualMetricsPort } = await import('@dsapi/api')
  const port = metricsPort ?? usualMetricsPort
  try {
    const options = { variable: 'DSAPI_METRICS_PORT' }
    const server = await listen(() => new Response(), host, port, options)
    await server.stop({ graceMs: 0, lingerMs: 0 })
    return `${port} on ${host} is free`
  } catch (error) {
    if (await hasMetrics(host, port)) return `${port} on ${host}: dsapi answers there`
    if (metricsPort !== undefined) throw error
    return `${port} on ${host} is in use by another program; a server uses a free port instead and logs it`
  }
}

const hasMetrics = async (host: string, port: number) => {
  const address = host.includes(':') ? `[${host}]` : host
  try {
    const signal = AbortSignal.timeout(patienceMs)
    const response = await fetch(`http://${address}:${port}/metrics`, { signal })
    return (await response.text()).includes('dsapi_processes')
  } catch {
    return false
  }
}
