import type { Handler } from 'hono'
import type { Env } from '../../http/env.ts'

/** Keeps all answers of a handler out of caches: a key that is shown once must not lie in one. */
export const neverCached =
  (handler: Handler<Env>): Handler<Env> =>
  (context, next) => {
    context.header('cache-control', 'no-store')
    return handler(context, next)
  }
