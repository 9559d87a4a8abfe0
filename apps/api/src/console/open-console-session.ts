import {
  type Actor,
  type OpenedSession,
  openSession,
  type StoredKey,
  takeSignInCode,
} from '@dsapi/auth'
import type { Context } from 'hono'
import type { AppDeps, ConsoleDeps } from '../app-deps.ts'
import type { Env } from '../http/env.ts'
import { ApiError } from '../http/errors.ts'
import { parseBody } from '../http/parse-body.ts'
import { bodyLimit } from '../http/read-body.ts'
import { readJson } from '../http/read-json.ts'
import { describeSignedIn } from './describe-session.ts'
import { sessionCookie, tokenIn } from './session-cookie.ts'
import { signIn } from './session-requests.ts'
import { type Transport, transportOf } from './transport.ts'

const largestBody = 1024
const signInsOfAddress = { requests: 30, seconds: 60 } as const

/** `POST /console/session`: exchanges a key or a code for a session. */
export const openConsoleSession =
  (deps: AppDeps, console: ConsoleDeps) =>
  async (context: Context<Env>): Promise<Response> => {
    const { incoming } = context.env
    const transport = requireTransport(incoming.headers.origin, console.allowsInsecure)
    const address = incoming.socket.remoteAddress ?? ''
    await takeFromAddress(deps, address)
    const limit = bodyLimit(deps.limits.memory, largestBody)
    const asked = parseBody(signIn, await readJson(context, limit))
    const by =
      'key' in asked ? await byKey(console, context, asked.key) : await byCode(deps, asked.code)
    if (by === undefined) {
      await deps.keys.failedAttempts.slow(address, () => incoming.socket.destroy())
      throw 'key' in asked ? wrongKey() : wrongCode()
    }
    const opened = await openSession(deps.db, {
      ...{ ...by, now: Date.now(), lifeMs: console.lifeMs, address },
      ...{ agent: incoming.headers['user-agent'] ?? '', previous: tokenIn(incoming) },
    })
    return answer(context, opened, transport)
  }

const answer = (
  context: Context<Env>,
  { token, ...opened }: OpenedSession,
  transport: Transport,
) => {
  context.header('set-cookie', sessionCookie(context.env.incoming, token, transport))
  return context.json(describeSignedIn(opened), 201)
}

const requireTransport = (origin: string | undefined, allowsInsecure: boolean): Transport => {
  const transport = transportOf(origin)
  if (transport !== undefined && (transport !== 'plain' || allowsInsecure)) return transport
  throw new ApiError(
    'insecure_transport',
    'Sign in over HTTPS, or on the machine of the server: over plain HTTP, others can read the key. DSAPI_CONSOLE_INSECURE=on allows it',
  )
}

/** Successful ones count too, so that nobody fills the table of sessions. */
const takeFromAddress = async ({ keys }: AppDeps, address: string) => {
  const ownerId = `console:${address}`
  const left = await keys.rateLimits.takeToken({ ownerId, rate: signInsOfAddress })
  if (left?.allowed !== false) return
  throw new ApiError('rate_limited', 'Too many sign-ins from this address. Try again later', {
    headers: { 'retry-after': String(left.resetSeconds), connection: 'close' },
  })
}

type SignedInBy = { readonly key: StoredKey | undefined; readonly actor: Actor }

/** The key is checked as that of any other request, so each wrong key costs the same work. */
const byKey = async (
  { authenticate }: ConsoleDeps,
  { env: { incoming } }: Context<Env>,
  text: string,
): Promise<SignedInBy | undefined> => {
  const authentication = await authenticate({ kind: 'key', text }, incoming.headers.host)
  if (authentication.outcome !== 'accepted') return undefined
  const { key } = authentication
  return { key, actor: `key:${key.id}` }
}

const byCode = async ({ db }: AppDeps, code: string): Promise<SignedInBy | undefined> => {
  const actor = await takeSignInCode(db, code, Date.now())
  return actor && { key: undefined, actor }
}

const wrongKey = () => new ApiError('invalid_api_key', 'Invalid API Key')
const wrongCode = () =>
  new ApiError(
    'no_session',
    'The code is unknown, was used, or has expired. Make another one: dsapi console',
  )
