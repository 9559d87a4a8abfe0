import { type Context, Hono, type Next } from 'hono'
import { Registry } from 'prom-client'
import type { Env } from '../env.ts'
import { isLoopback } from '../loopback.ts'
import { type Snapshot, textOf } from '../metrics/snapshot.ts'

/** What a proxy on this machine adds to a request that came from elsewhere. */
const forwarding = ['forwarded', 'x-forwarded-for', 'x-real-ip'] as const

type Snapshots = () => Promise<readonly Snapshot[]>

const tell = async (context: Context, snapshots: Snapshots) =>
  context.body(await textOf(await snapshots()), 200, {
    'content-type': Registry.PROMETHEUS_CONTENT_TYPE,
  })

/**
 * The metrics of all processes, for whoever asks from this machine. To others, and to what a proxy brings,
 * the path is like one that is not there.
 */
export const getMetrics =
  (snapshots: Snapshots) =>
  async (context: Context<Env>, next: Next): Promise<Response | undefined> => {
    const { headers, socket } = context.env.incoming
    const isForwarded = forwarding.some((name) => headers[name] !== undefined)
    if (isForwarded || !isLoopback(socket.remoteAddress?.replace(/^::ffff:/, '') ?? '')) {
      await next()
      return undefined
    }
    return tell(context, snapshots)
  }

/** The same for whoever reaches a port that is there for nothing else: a Prometheus on another machine. */
export const metricsAlone = (snapshots: Snapshots): Hono =>
  new Hono().get('/metrics', (context) => tell(context, snapshots))
