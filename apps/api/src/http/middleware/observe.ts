import type { ServerResponse } from 'node:http'
import type { TrafficCount } from '@dsapi/auth'
import { isUnwritable } from '@dsapi/db'
import { protocolOf } from '@dsapi/inference'
import { createRequestLog, type Logger, type Tracing, traceIdOf } from '@dsapi/telemetry'
import type { MiddlewareHandler } from 'hono'
import { routePath } from 'hono/route'
import { routeName } from '../../endpoints/protocols/router-path.ts'
import type { Metrics } from '../../metrics/metrics.ts'
import { begunOf } from '../begun-answer.ts'
import type { Env } from '../env.ts'
import { ApiError, statuses } from '../errors.ts'
import type { HiddenPaths } from '../hidden-paths.ts'
import { writtenPath } from '../redact-secrets.ts'
import type { RefusedRequest } from '../reject-malformed.ts'
import type { Trace } from '../trace.ts'

type Observed = {
  readonly trace: Trace
  readonly keyId: string | undefined
  /** The name of the protocol of the path, if it is not our own. */
  readonly protocol?: string | undefined
  readonly method: string
  readonly path: string
  /** As it stands in the list of routes: few, whatever clients ask for. */
  readonly route: string
  readonly status: number
  /** Why an answer was broken off whose status had left already. */
  readonly failure?: unknown
  /** By `performance.now()`. */
  readonly startedAt: number
}

/** One line and one count for a request that has been answered. */
export type Observe = (request: Observed) => void

/** No header goes into the log, so no key can. */
export const createObserve = (
  logger: Logger,
  metrics: Pick<Metrics, 'observeRequest'>,
  traffic: Pick<TrafficCount, 'count'>,
): Observe => {
  const logRequest = createRequestLog(logger)
  return ({ trace, keyId, protocol, method, path, route, status, failure, startedAt }) => {
    if (failure !== undefined) {
      logger.error({ err: failure, requestId: trace.requestId }, 'A response was aborted')
    }
    const ms = performance.now() - startedAt
    const seconds = ms / 1000
    metrics.observeRequest({ protocol, method, route, status, seconds })
    traffic.count({ keyId, route, status, seconds })
    const { requestId, traceparent, span } = trace
    span?.end(
      `${method} ${route}`,
      spanAttributes({ method, path, route, status }),
      spanError(status),
    )
    logRequest({
      requestId,
      traceId: traceIdOf(traceparent),
      keyId,
      protocol,
      method,
      path,
      status,
      ms,
    })
  }
}

/** By OpenTelemetry's semantic conventions for HTTP spans. */
const spanAttributes = ({
  method,
  path,
  route,
  status,
}: Pick<Observed, 'method' | 'path' | 'route' | 'status'>) => ({
  'http.request.method': method,
  'http.route': route,
  'http.response.status_code': status,
  'url.path': path,
})

const spanError = (status: number) => (status >= 500 ? `answered ${status}` : undefined)

/** Observes a request that never became one of the app. */
export const observeRefused = (observe: Observe, { requestId, ...request }: RefusedRequest): void =>
  observe({
    ...request,
    trace: { requestId, traceparent: undefined },
    keyId: undefined,
    protocol: protocolOf(request.path)?.name,
    route: request.status === 500 ? 'failed' : 'malformed',
    startedAt: performance.now(),
  })

/** Observes each request that passes. Where traces are collected, it begins a span, of which all that comes of
 * the request is a part. */
export const observing =
  (
    observe: Observe,
    targetOf: HiddenPaths['targetOf'],
    tracing: Tracing | undefined,
  ): MiddlewareHandler<Env> =>
  async (context, next) => {
    const { incoming, outgoing } = context.env
    const startedAt = begunOf(incoming)?.startedAt ?? performance.now()
    const trace = context.get('trace')
    const span = tracing?.begin('server', trace.traceparent)
    if (span) context.set('trace', { ...trace, traceparent: span.traceparent, span })
    await next()
    const observed = {
      trace: context.get('trace'),
      keyId: context.get('key')?.id,
      protocol: context.get('protocol')?.name,
      method: context.req.method,
      path: writtenPath(targetOf(incoming).path, incoming.headers),
      route: routeName(routePath(context)), // Of the handler that was last to run: the one that answered.
      status: context.res.status,
      startedAt,
    }
    const streamed = context.get('streamed')
    if (streamed === undefined) return observe(observed)
    const atItsEnd = () => {
      const { failure } = streamed
      observe({ ...observed, status: endStatus(observed.status, outgoing, failure), failure })
    }
    if (outgoing.closed) atItsEnd()
    else outgoing.once('close', atItsEnd)
  }

/** nginx's status for a client that has left before it had its answer: HTTP has none. */
const clientLeft = 499

/** The status of an answer whose body was streamed, as it would be if all had been known at the beginning. */
const endStatus = (status: number, { writableFinished }: ServerResponse, failure: unknown) => {
  if (failure === undefined) return writableFinished ? status : clientLeft
  if (failure instanceof ApiError) return statuses[failure.code]
  return isUnwritable(failure) ? statuses.unavailable : statuses.internal
}
