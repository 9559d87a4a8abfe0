import { setTimeout as wait } from 'node:timers/promises'
import { ROOT_CONTEXT, type SpanContext, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { resourceFromAttributes } from '@opentelemetry/resources'
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace'
import type { Tracing } from './tracing.ts'

const patienceMs = 2000

const kinds = { server: SpanKind.SERVER, consumer: SpanKind.CONSUMER } as const

/** Sends traces to a collector in batches. No request waits for it. */
export const createOtlpTracing = (service: string, endpoint: string): Tracing => {
  const url = `${endpoint.replace(/\/$/, '')}/v1/traces`
  const provider = new TracerProvider({
    resource: resourceFromAttributes({
      'service.name': process.env.OTEL_SERVICE_NAME || service,
    }),
    spanProcessors: [
      new BatchSpanProcessor({
        exporter: new OTLPTraceExporter({ url }),
        scheduledDelayMillis: 1000,
      }),
    ],
  })
  const tracer = provider.getTracer('dsapi')
  return {
    begin: (kind, traceparent) => {
      const parent = traceparent && trace.setSpanContext(ROOT_CONTEXT, readContext(traceparent))
      const span = tracer.startSpan(kind, { kind: kinds[kind] }, parent || ROOT_CONTEXT)
      return {
        traceparent: writeContext(span.spanContext()),
        end: (name, attributes, error) => {
          span.updateName(name)
          span.setAttributes(attributes)
          if (error !== undefined) span.setStatus({ code: SpanStatusCode.ERROR, message: error })
          span.end()
        },
      }
    },
    // An unreachable collector must not keep the process from ending.
    stop: () => Promise.race([provider.shutdown().catch(() => {}), wait(patienceMs)]),
  }
}

const readContext = (traceparent: string): SpanContext => {
  const [, traceId, spanId, flags] = traceparent.split('-')
  return { traceId, spanId, traceFlags: Number.parseInt(flags, 16), isRemote: true }
}

const writeContext = ({ traceId, spanId, traceFlags }: SpanContext) =>
  `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`
