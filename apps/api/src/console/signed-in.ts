import type { IncomingMessage } from 'node:http'
import type { AuthenticateRequest, FindSession, FoundSession } from '@dsapi/auth'
import { areaOf } from './console-request.ts'
import { isSameOrigin } from './same-origin.ts'
import { tokenIn } from './session-cookie.ts'
import { takesFromKey } from './takes-from-key.ts'

/** Finds the session of a request. A request of another site is not looked up. */
export type SignedIn = {
  /** Once for each request. */
  readonly find: (request: IncomingMessage) => Promise<FoundSession | undefined>
  /** Looks again, for an answer that lasts. */
  readonly findAgain: (request: IncomingMessage) => Promise<FoundSession | undefined>
}

const found = Symbol('session')

type WithSession = IncomingMessage & { [found]?: Promise<FoundSession | undefined> }

export const createSignedIn = (find: FindSession): SignedIn => {
  const look = async (request: IncomingMessage, isPerson = !isPoll(request)) => {
    const token = isSameOrigin(request) ? tokenIn(request) : undefined
    return token === undefined ? undefined : find(token, isPerson)
  }
  return {
    find: (request: WithSession) => (request[found] ??= look(request)),
    findAgain: (request) => look(request, false),
  }
}

/** Whether the page asked by itself. `EventSource` cannot send a header. */
const isPoll = ({ headers }: IncomingMessage) =>
  headers['x-dsapi-poll'] === '1' || headers.accept === 'text/event-stream'

/**
 * Accepts requests below `/console/api` by their session, with the rights of its key. Predictions and batches take from the
 * limits of the key. All else has a limit for each session: pages that look every two seconds would use up a small rate.
 */
export const acceptSessions =
  (authenticate: AuthenticateRequest, signedIn: SignedIn): AuthenticateRequest =>
  (request) => {
    if (areaOf(request) !== 'api') return authenticate(request)
    return signedIn.find(request).then((session) => {
      if (session === undefined) return { outcome: 'missing' }
      const { key } = session
      const limited = takesFromKey(request) ? key : { ...key, rate: null, dailyQuota: null }
      return { outcome: 'accepted', key: limited }
    })
  }
