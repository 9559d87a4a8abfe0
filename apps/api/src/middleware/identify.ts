import type { Tracing } from '@dsapi/tracing'
import type { MiddlewareHandler } from 'hono'
import { baseHeaders } from '../base-headers.ts'
import type { Env } from '../env.ts'
import { readTrace } from '../trace.ts'

/** Gives each request an id, the client's own where it sent one, and each answer the headers of all. Where
 * traces are collected, the request begins a span, of which all else is a part. */
export const identify =
  (tracing: Tracing | undefined): MiddlewareHandler<Env> =>
  (context, next) => {
    const trace = readTrace(context.env.incoming.headers)
    const span = tracing?.begin('server', trace.traceparent)
    context.set('trace', span ? { ...trace, traceparent: span.traceparent, span } : trace)
    context.header('x-request-id', trace.requestId)
    for (const [name, value] of Object.entries(baseHeaders)) context.header(name, value)
    return next()
  }
