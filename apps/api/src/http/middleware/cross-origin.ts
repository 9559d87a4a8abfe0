import type { MiddlewareHandler } from 'hono'
import { cors } from 'hono/cors'
import type { Env } from '../env.ts'

/** Lets pages of these origins ask from a browser (Fetch standard, section 3.3); `*`: of any. */
export const crossOrigin = (origins: readonly string[]): MiddlewareHandler<Env> =>
  cors({
    origin: origins.includes('*') ? '*' : [...origins],
    allowMethods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
    exposeHeaders: [
      'Location',
      'RateLimit',
      'RateLimit-Policy',
      'Retry-After',
      'X-Model-Version',
      'X-Request-Id',
    ],
    maxAge: 600,
  })
