import { presentedIn, type RateLimits } from '@dsapi/auth'
import type { Context, MiddlewareHandler } from 'hono'
import type { Env } from '../http/env.ts'
import { ApiError } from '../http/errors.ts'
import { setConsoleHeaders } from './console-headers.ts'
import { areaOf } from './console-request.ts'
import { isSameOrigin } from './same-origin.ts'
import type { SignedIn } from './signed-in.ts'
import { takesFromKey } from './takes-from-key.ts'

/** Forms of other sites cannot send these without being allowed to, or not at all. */
const bodyTypes: readonly string[] = ['application/json', 'text/csv', 'application/x-ndjson']

const ratePerSession = { requests: 50, seconds: 1 } as const

export const noSession = (): ApiError => new ApiError('no_session', 'Sign in to the console first')

/**
 * Lets a request for the console through if a page of this server sent it and, below `/console/api`, if it has a session.
 * No answer is stored, and none can be read by other sites.
 */
export const guardConsole =
  (signedIn: SignedIn, rateLimits: Pick<RateLimits, 'takeToken'>): MiddlewareHandler<Env> =>
  async (context, next) => {
    setConsoleHeaders(context)
    context.header('cache-control', 'no-store')
    context.header('vary', 'Sec-Fetch-Site, Origin, Cookie, Accept')
    refuseForeign(context)
    if (areaOf(context.env.incoming) === 'api') await requireSession(context, signedIn, rateLimits)
    await next()
    context.header('cache-control', 'no-store')
  }

const refuseForeign = ({ env: { incoming } }: Context<Env>) => {
  if (!isSameOrigin(incoming)) {
    throw new ApiError('cross_site', 'Only pages of this server may send this request')
  }
  if (presentedIn(incoming.headers).kind !== 'none') {
    const message = 'A request below /console has a session. Send it without an API Key'
    throw new ApiError('invalid_request', message)
  }
  const { 'content-length': length = '0', 'transfer-encoding': coding } = incoming.headers
  if (length === '0' && coding === undefined) return
  const type = (incoming.headers['content-type'] ?? '').split(';')[0].trim().toLowerCase()
  if (!bodyTypes.includes(type)) {
    const message = `The Content-Type must be ${bodyTypes.join(', ')}`
    throw new ApiError('unsupported_media_type', message, { headers: { connection: 'close' } })
  }
}

const requireSession = async (
  context: Context<Env>,
  signedIn: SignedIn,
  rateLimits: Pick<RateLimits, 'takeToken'>,
) => {
  const { incoming } = context.env
  const found = await signedIn.find(incoming)
  if (found === undefined) throw noSession()
  const { session } = found
  context.set('session', session)
  context.set('isSignedIn', async () => (await signedIn.findAgain(incoming)) !== undefined)
  if (takesFromKey(incoming)) return
  const left = await rateLimits.takeToken({
    ownerId: `console:${session.id}`,
    rate: ratePerSession,
  })
  if (left?.allowed !== false) return
  const headers = { 'retry-after': String(left.resetSeconds) }
  const message = `Too many requests: a session has ${ratePerSession.requests} a second`
  throw new ApiError('rate_limited', message, { headers })
}
