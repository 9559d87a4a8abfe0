import type { IncomingMessage } from 'node:http'
import type { Authenticate, Authentication } from './authenticator.ts'
import { presentedIn } from './presented-key.ts'

/** Who a request comes from. The answer is the same object, however often it is asked for. */
export type AuthenticateRequest = (
  request: IncomingMessage,
) => Authentication | Promise<Authentication>

/**
 * Decides about the key of each request once, however many parts of a server ask, so that its key is hashed
 * once and counted once. Of the request it reads the two headers that may hold a key, and `Host`, and nothing else.
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
