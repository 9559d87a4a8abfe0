import type { MiddlewareHandler } from 'hono'
import type { Env } from '../env.ts'
import { ApiError } from '../errors.ts'

/** Turns requests away while there is more to do than can be done: at once, so that the client may go
 * elsewhere, rather than late. */
export const shed =
  (isOverloaded: () => boolean): MiddlewareHandler<Env> =>
  (_, next) => {
    if (!isOverloaded()) return next()
    throw new ApiError('unavailable', 'Too many requests at once: try again', {
      headers: { 'retry-after': '1' },
    })
  }
