import type { Context, MiddlewareHandler } from 'hono'
import { type Allowance, rateLimitHeaders } from './allowance.ts'
import type { Authenticate } from './authenticator.ts'
import type { FailedAttempts } from './failed-attempts.ts'
import { readPresentedKey } from './presented-key.ts'
import type { RateLimits } from './rate-limits.ts'
import type { Scope } from './scopes.ts'
import type { StoredKey } from './stored-key.ts'
import type { Usage } from './usage.ts'

/** What the middleware leaves in the context for the routes behind it. */
export type AuthenticatedEnv = { Variables: { key: StoredKey } }

/** Why a request goes no further. */
export type Refusal =
  | { readonly reason: 'missing' | 'invalid' }
  | { readonly reason: 'unscoped'; readonly scope: Scope }
  | { readonly reason: 'limited'; readonly allowance: Allowance }

/** Makes the answer for a request that goes no further. */
export type Refuse = (context: Context, refusal: Refusal) => Response

type Door = {
  readonly authenticate: Authenticate
  readonly failedAttempts: FailedAttempts
  readonly usage: Usage
  readonly rateLimits: RateLimits
  /** Where a request comes from. */
  readonly addressOf: (context: Context) => string
  readonly refuse: Refuse
}

/**
 * Hono middleware that lets a request through only with a valid key in `X-API-Key` or as a Bearer
 * token, within that key's limits, and leaves the key in the context.
 */
export const apiKeyAuth =
  (door: Door): MiddlewareHandler<AuthenticatedEnv> =>
  async (context, next) => {
    const { req } = context
    const presented = readPresentedKey(req.header('x-api-key'), req.header('authorization'))
    const pending = door.authenticate(presented)
    const authentication = pending instanceof Promise ? await pending : pending
    if (authentication.outcome !== 'accepted') {
      if (authentication.outcome === 'invalid') {
        await door.failedAttempts.slow(door.addressOf(context))
      }
      return door.refuse(context, { reason: authentication.outcome })
    }
    const { key } = authentication
    context.set('key', key)
    const limited =
      key.rate === null && key.dailyQuota === null ? undefined : await take(door, context, key)
    if (limited !== undefined)
      return door.refuse(context, { reason: 'limited', allowance: limited })
    door.usage.note(key, Date.now())
    await next()
  }

/** Takes one request from all of a key's limits; gives the one that is used up. */
const take = async (
  { rateLimits, usage }: Door,
  context: Context,
  key: StoredKey,
): Promise<Allowance | undefined> => {
  const rate = await rateLimits.takeToken(key)
  // What the rate refuses does not count for the day.
  const day = rate?.allowed === false ? undefined : usage.takeFromDay(key, Date.now())
  const allowances = [rate, day].filter((allowance) => allowance !== undefined)
  for (const [name, value] of Object.entries(rateLimitHeaders(allowances))) {
    context.header(name, value)
  }
  return allowances.find(({ allowed }) => !allowed)
}

/** Hono middleware, behind `apiKeyAuth`, for routes that need a scope. */
export const requireScope =
  (scope: Scope, refuse: Refuse): MiddlewareHandler<AuthenticatedEnv> =>
  async (context, next) => {
    if (!context.get('key').scopes.includes(scope)) {
      return refuse(context, { reason: 'unscoped', scope })
    }
    await next()
  }
