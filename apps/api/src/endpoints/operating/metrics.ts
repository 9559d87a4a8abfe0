import { type Context, Hono, type Next } from 'hono'
import { Registry } from 'prom-client'
import type { Env } from '../../http/env.ts'
import type { IsAllowedHost } from '../../http/host-check.ts'
import { isLoopback } from '../../http/loopback.ts'
import { type Snapshot, textOf } from '../../metrics/snapshot.ts'

/** What a proxy on this machine may add to a request that came from elsewhere. */
const forwarding = ['forwarded', 'x-forwarded-for', 'x-real-ip'] as const

type Snapshots = () => Promise<readonly Snapshot[]>

const answer = async (context: Context, snapshots: Snapshots) =>
  context.body(await textOf(await snapshots()), 200, {
    'content-type': Registry.PROMETHEUS_CONTENT_TYPE,
  })

/**
 * The metrics of all processes on the port of the api, for requests from this machine. For others, and where the metrics
 * have a port of their own, the path is like one that is not there.
 */
export const getMetrics =
  (snapshots: Snapshots | undefined, isAllowedHost: IsAllowedHost) =>
  async (context: Context<Env>, next: Next): Promise<Response | undefined> => {
    const { headers, socket } = context.env.incoming
    const isForwarded = forwarding.some((name) => headers[name] !== undefined)
    const isFromHere = isLoopback(socket.remoteAddress?.replace(/^::ffff:/, '') ?? '')
    if (snapshots === undefined || isForwarded || !isFromHere || !isAllowedHost(headers.host)) {
      await next()
      return undefined
    }
    return answer(context, snapshots)
  }

type MetricsEnv = Pick<Env, 'Bindings'>

/** The same on a port that is there for nothing else. */
export const createMetricsApp = (
  snapshots: Snapshots,
  isAllowedHost: IsAllowedHost,
): Hono<MetricsEnv> =>
  new Hono<MetricsEnv>()
    .use(async (context, next) => {
      if (isAllowedHost(context.env.incoming.headers.host)) return next()
      return context.text(
        'This host name is not allowed. Use localhost, or name it in DSAPI_ALLOWED_HOSTS.\n',
        421,
      )
    })
    .get('/metrics', (context) => answer(context, snapshots))
