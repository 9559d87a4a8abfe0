import { type Context, Hono } from 'hono'
import { Registry } from 'prom-client'
import type { Env } from '../http/env.ts'
import type { IsAllowedHost } from '../http/host-check.ts'
import { type Snapshot, textOf } from './snapshot.ts'

export type Snapshots = () => Promise<readonly Snapshot[]>

/** Answers with the metrics of all processes, as Prometheus reads them. */
export const answerMetrics = async (context: Context, snapshots: Snapshots): Promise<Response> =>
  context.body(await textOf(await snapshots()), 200, {
    'content-type': Registry.PROMETHEUS_CONTENT_TYPE,
  })

type MetricsEnv = Pick<Env, 'Bindings'>

/** Serves the metrics on a port of their own. */
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
    .get('/metrics', (context) => answerMetrics(context, snapshots))
