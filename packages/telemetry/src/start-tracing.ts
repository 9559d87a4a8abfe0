import type { Tracing } from './tracing.ts'

/**
 * Starts to send traces by OTLP over HTTP, with OpenTelemetry's own settings for the exporter (headers,
 * time limits) from the environment. Without an endpoint none of OpenTelemetry's libraries is loaded.
 *
 * @param service the name of this process in traces, unless `OTEL_SERVICE_NAME` sets another
 * @param endpoint the collector's address; traces go to `/v1/traces` below it
 */
export const startTracing = async (
  service: string,
  endpoint: string | undefined,
): Promise<Tracing | undefined> => {
  if (endpoint === undefined) return undefined
  const { createOtlpTracing } = await import('./otlp-tracing.ts')
  return createOtlpTracing(service, endpoint)
}
