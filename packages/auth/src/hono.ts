import type { Context, MiddlewareHandler } from 'hono'
import type { Authenticate } from './authenticator.ts'

/** What the middleware leaves in the context for the routes behind it. */
export type AuthenticatedEnv = { Variables: { keyId: string } }

/**
 * Hono middleware that lets a request through only with a valid key in `X-API-Key`, and leaves the
 * key's id in the context as `keyId`.
 *
 * @param refuse makes the answer for a request without a key or with a wrong one
 */
export const apiKeyAuth =
  (
    authenticate: Authenticate,
    refuse: (context: Context, reason: 'missing' | 'invalid') => Response,
  ): MiddlewareHandler<AuthenticatedEnv> =>
  async (context, next) => {
    const authentication = await authenticate(context.req.header('x-api-key'))
    if (authentication.outcome !== 'accepted') return refuse(context, authentication.outcome)
    context.set('keyId', authentication.keyId)
    await next()
  }
