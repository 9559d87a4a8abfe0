import type { IncomingMessage } from 'node:http'
import type { Context, MiddlewareHandler, Next } from 'hono'
import type { Scope } from '../keys/scopes.ts'
import type { StoredKey } from '../keys/stored-key.ts'
import { type Allowance, rateLimitHeaders } from '../limits/allowance.ts'
import type { Usage } from '../usage/usage.ts'
import type { AuthenticateRequest } from './authenticate-once.ts'
import type { Authentication } from './authenticator.ts'
import { chargeOf, type KeyLimits } from './charge-at-once.ts'
import type { FailedAttempts } from './failed-attempts.ts'
import { hasLimits, hasScope } from './permissions.ts'

/** What the middleware reads from Hono's adapter for Node, and what it sets in the context for the routes. */
export type AuthenticatedEnv = {
  Bindings: { incoming: IncomingMessage }
  Variables: { key: StoredKey }
}

/** Why a request is rejected. */
export type Refusal =
  | { readonly reason: 'missing' | 'invalid' | 'overloaded' }
  | { readonly reason: 'unscoped'; readonly scope: Scope }
  | { readonly reason: 'limited'; readonly allowance: Allowance }

/** Makes the answer to a rejected request. */
export type Refuse = (context: Context, refusal: Refusal) => Response

type AuthOptions = KeyLimits & {
  readonly authenticate: AuthenticateRequest
  readonly failedAttempts: FailedAttempts
  readonly usage: Pick<Usage, 'recordUse'>
  /** Whether the process has more work than it can do. Keys are still checked, but rejected requests are not charged
   * to their limits. */
  readonly isOverloaded: () => boolean
  readonly refuse: Refuse
}

/**
 * Hono middleware that accepts a request only with a valid key in `X-API-Key` or as a Bearer token, within the limits of
 * the key, and sets the key in the context. The server must have the option `joinDuplicateHeaders`, so that a key
 * which is sent twice is seen twice.
 */
export const apiKeyAuth = (options: AuthOptions): MiddlewareHandler<AuthenticatedEnv> => {
  const slowly = async (context: Context, pending: Promise<Authentication>, next: Next) =>
    accept(context, await pending, next)

  const accept = (context: Context, authentication: Authentication, next: Next) => {
    if (authentication.outcome !== 'accepted') {
      return reject(options, context, authentication.outcome)
    }
    const { key } = authentication
    context.set('key', key)
    if (options.isOverloaded()) {
      return Promise.resolve(options.refuse(context, { reason: 'overloaded' }))
    }
    if (hasLimits(key)) return acceptWithinLimits(options, context, key, next)
    options.usage.recordUse(key, Date.now())
    return next()
  }

  // No `async` for a known key without limits: it would double the time of the check.
  return (context, next) => {
    const authentication = options.authenticate(context.env.incoming)
    return authentication instanceof Promise
      ? slowly(context, authentication, next)
      : accept(context, authentication, next)
  }
}

const reject = async (options: AuthOptions, context: Context, reason: 'missing' | 'invalid') => {
  const { incoming } = context.env
  const { socket } = incoming
  if (reason === 'invalid') {
    incoming.resume() // Nobody will read the body, and what is kept of it meanwhile takes memory.
    await options.failedAttempts.slow(socket.remoteAddress ?? '', () => socket.destroy())
  }
  return options.refuse(context, { reason })
}

const acceptWithinLimits = async (
  options: AuthOptions,
  context: Context,
  key: StoredKey,
  next: Next,
) => {
  const limited = await take(options, context, key)
  if (limited !== undefined)
    return options.refuse(context, { reason: 'limited', allowance: limited })
  options.usage.recordUse(key, Date.now())
  await next()
}

/** Takes one request from all of a key's limits, unless that was done already. Returns the limit that is used up. */
const take = async (
  options: AuthOptions,
  context: Context,
  key: StoredKey,
): Promise<Allowance | undefined> => {
  const allowances = chargeOf(context.env.incoming) ?? (await chargeLimits(options, key))
  for (const [name, value] of Object.entries(rateLimitHeaders(allowances))) {
    context.header(name, value)
  }
  return allowances.find(({ allowed }) => !allowed)
}

const chargeLimits = async ({ rateLimits, usage }: KeyLimits, key: StoredKey) => {
  const rate = await rateLimits.takeToken(key)
  // A request that exceeds the rate does not count for the day.
  const day = rate?.allowed === false ? undefined : await usage.takeFromDay(key, Date.now())
  return [rate, day].filter((allowance) => allowance !== undefined)
}

/** The scope that a request requires. */
export type ScopeFor = (context: Pick<Context, 'req'>) => Scope

/** Hono middleware, after `apiKeyAuth`, for routes that require a scope. */
export const requireScope =
  (required: Scope | ScopeFor, refuse: Refuse): MiddlewareHandler<AuthenticatedEnv> =>
  async (context, next) => {
    const scope = typeof required === 'function' ? required(context) : required
    if (!hasScope(context.get('key'), scope)) {
      return refuse(context, { reason: 'unscoped', scope })
    }
    await next()
  }
