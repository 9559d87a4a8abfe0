import type { Context, Handler } from 'hono'
import type { AppDeps } from '../../app-deps.ts'
import type { Env } from '../../http/env.ts'
import { isLoopback } from '../../http/loopback.ts'
import { answerMetrics } from '../../metrics/metrics-app.ts'
import type { Description } from '../../openapi/operation.ts'
import type { Endpoint } from '../endpoint.ts'

/** What a proxy on this machine may add to a request that came from elsewhere. */
const forwarding = ['forwarded', 'x-forwarded-for', 'x-real-ip'] as const

/** Whether the metrics are on the port of the API, and the request comes from this machine. */
const exists =
  ({ observe: { snapshotsHere, isAllowedHost } }: AppDeps) =>
  (context: Context<Env>): boolean => {
    const { headers, socket } = context.env.incoming
    const isForwarded = forwarding.some((name) => headers[name] !== undefined)
    const isFromHere = isLoopback(socket.remoteAddress?.replace(/^::ffff:/, '') ?? '')
    return snapshotsHere !== undefined && !isForwarded && isFromHere && isAllowedHost(headers.host)
  }

/** For other requests, and where the metrics have a port of their own, the path is like any unknown one. */
const handle = (deps: AppDeps): Handler<Env> => {
  const { snapshotsHere } = deps.observe
  const isHere = exists(deps)
  return (context, next) =>
    snapshotsHere !== undefined && isHere(context) ? answerMetrics(context, snapshotsHere) : next()
}

const describe = (): Description => ({
  tag: 'Operations',
  summary: 'Get metrics',
  description:
    'The metrics are here only if `DSAPI_METRICS_PORT` is `api`, and only for requests that come from the same machine, name it in the Host header and have not passed a proxy. For other requests the path is unknown. Without this setting the metrics have a port of their own.',
  answers: {
    200: {
      description: 'The metrics in the text format of Prometheus',
      content: { 'text/plain': { type: 'string' } },
    },
  },
  errors: ['missing_api_key'],
  examples: [{ name: 'metrics', status: 200 }],
})

/** `GET /metrics`. */
export const metrics: Endpoint = {
  id: 'metrics',
  method: 'get',
  path: '/metrics',
  access: 'no key',
  handle,
  exists,
  describe,
}
