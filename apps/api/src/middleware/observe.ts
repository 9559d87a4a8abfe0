import type { Logger } from '@dsapi/log'
import type { MiddlewareHandler } from 'hono'
import { routePath } from 'hono/route'
import type { Env } from '../env.ts'
import type { Metrics } from '../metrics.ts'

/** One line and one count a request, when it has been answered. No header is in them, so no key can be. */
export const observe =
  (logger: Logger, metrics: Metrics): MiddlewareHandler<Env> =>
  async (context, next) => {
    const started = performance.now()
    await next()
    const ms = performance.now() - started
    const { status } = context.res
    const { method, path } = context.req
    metrics.observeRequest({
      method,
      route: routePath(context), // Of the handler that was last to run: the one that answered.
      status,
      seconds: ms / 1000,
    })
    logger.info(
      {
        requestId: context.get('requestId'),
        keyId: context.get('key')?.id,
        status,
        ms: Math.round(ms * 1000) / 1000,
      },
      `${method} ${path}`,
    )
  }
