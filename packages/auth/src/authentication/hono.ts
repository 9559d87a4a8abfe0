import type { IncomingMessage } from 'node:http'
import type { Context, MiddlewareHandler, Next } from 'hono'
import type { Scope } from '../keys/scopes.ts'
import type { StoredKey } from '../keys/stored-key.ts'
import { type Allowance, rateLimitHeaders } from '../limits/allowance.ts'
import type { RateLimits } from '../limits/rate-limits.ts'
import type { Usage } from '../usage/usage.ts'
import type { AuthenticateRequest } from './authenticate-once.ts'
import type { Authentication } from './authenticator.ts'
import type { FailedAttempts } from './failed-attempts.ts'

/** What the middleware needs of the server, Hono's for Node, and leaves in the context for the routes. */
export type AuthenticatedEnv = {
  Bindings: { incoming: IncomingMessage }
  Variables: { key: StoredKey }
}

/** Why a request goes no further. */
export type Refusal =
  | { readonly reason: 'missing' | 'invalid' | 'overloaded' }
  | { readonly reason: 'unscoped'; readonly scope: Scope }
  | { readonly reason: 'limited'; readonly allowance: Allowance }

/** Makes the answer for a request that goes no further. */
export type Refuse = (context: Context, refusal: Refusal) => Response

type Door = {
  readonly authenticate: AuthenticateRequest
  readonly failedAttempts: FailedAttempts
  readonly usage: Usage
  readonly rateLimits: RateLimits
  /** Whether there is more to do than can be done: keys are still checked, and nothing is taken from their
   * limits for what is turned away. */
  readonly isOverloaded: () => boolean
  readonly refuse: Refuse
}

/**
 * Hono middleware that lets a request through only with a valid key in `X-API-Key` or as a Bearer
 * token, within that key's limits, and leaves the key in the context. The server must have been made
 * with `joinDuplicateHeaders`, so that a key which is sent twice is seen twice.
 */
export const apiKeyAuth = (door: Door): MiddlewareHandler<AuthenticatedEnv> => {
  const slowly = async (context: Context, pending: Promise<Authentication>, next: Next) =>
    enter(context, await pending, next)

  const enter = (context: Context, authentication: Authentication, next: Next) => {
    if (authentication.outcome !== 'accepted') {
      return reject(door, context, authentication.outcome)
    }
    const { key } = authentication
    context.set('key', key)
    if (door.isOverloaded()) {
      return Promise.resolve(door.refuse(context, { reason: 'overloaded' }))
    }
    if (key.rate !== null || key.dailyQuota !== null)
      return enterWithinLimits(door, context, key, next)
    door.usage.note(key, Date.now())
    return next()
  }

  // No `async` on the way of a key that is known and has no limits: it would cost half the check.
  return (context, next) => {
    const authentication = door.authenticate(context.env.incoming)
    return authentication instanceof Promise
      ? slowly(context, authentication, next)
      : enter(context, authentication, next)
  }
}

const reject = async (door: Door, context: Context, reason: 'missing' | 'invalid') => {
  const { socket } = context.env.incoming
  if (reason === 'invalid') {
    await door.failedAttempts.slow(socket.remoteAddress ?? '', () => socket.destroy())
  }
  return door.refuse(context, { reason })
}

const enterWithinLimits = async (door: Door, context: Context, key: StoredKey, next: Next) => {
  const limited = await take(door, context, key)
  if (limited !== undefined) return door.refuse(context, { reason: 'limited', allowance: limited })
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
  const day = rate?.allowed === false ? undefined : await usage.takeFromDay(key, Date.now())
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
