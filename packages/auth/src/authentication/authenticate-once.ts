import type { IncomingMessage } from 'node:http'
import type { Authenticate, Authentication } from './authenticator.ts'
import { presentedIn } from './presented-key.ts'

/** Authenticates a request. The answer is the same object, however often it is asked for. */
export type AuthenticateRequest = (
  request: IncomingMessage,
) => Authentication | Promise<Authentication>

/**
 * Authenticates each request once, however many parts of a server ask, so that its key is hashed and counted
 * once. It reads only the two headers that may hold a key, and `Host`.
 */
export const authenticateOnce = (authenticate: Authenticate): AuthenticateRequest => {
  const decided = new WeakMap<IncomingMessage, Authentication | Promise<Authentication>>()
  return (request) => {
    let authentication = decided.get(request)
    if (authentication === undefined) {
      authentication = authenticate(presentedIn(request.headers), request.headers.host)
      decided.set(request, authentication)
    }
    return authentication
  }
}
