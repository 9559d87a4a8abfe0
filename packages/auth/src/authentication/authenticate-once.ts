import type { IncomingMessage } from 'node:http'
import type { Authenticate, Authentication } from './authenticator.ts'
import { presentedIn } from './presented-key.ts'

/** Authenticates a request. The answer is the same object, however often it is asked for. */
export type AuthenticateRequest = (
  request: IncomingMessage,
) => Authentication | Promise<Authentication>

const decision = Symbol('authentication')

type Authenticated = IncomingMessage & {
  [decision]?: Authentication | Promise<Authentication>
}

/**
 * Authenticates each request once, however many parts of a server ask, so that its key is hashed and counted
 * once. It reads only the two headers that may hold a key, and `Host`. The answer is kept with the request: a map of
 * requests would cost the fast path more than the look-up of the key.
 */
export const authenticateOnce =
  (authenticate: Authenticate): AuthenticateRequest =>
  (request: Authenticated) =>
    (request[decision] ??= authenticate(presentedIn(request.headers), request.headers.host))
