import type { Logger } from '@dsapi/log'
import type { MiddlewareHandler } from 'hono'
import type { Env } from '../env.ts'

/** One line a request, when it has been answered. No header is in it, so no key can be. */
export const accessLog =
  (logger: Logger): MiddlewareHandler<Env> =>
  async (context, next) => {
    const started = performance.now()
    await next()
    logger.info(
      {
        requestId: context.get('requestId'),
        keyId: context.get('key')?.id,
        status: context.res.status,
        ms: Math.round((performance.now() - started) * 1000) / 1000,
      },
      `${context.req.method} ${context.req.path}`,
    )
  }
