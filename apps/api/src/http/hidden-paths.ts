import type { IncomingMessage } from 'node:http'
import type { AuthenticateRequest, Authentication } from '@dsapi/auth'
import { normalFormProblem, pathOf } from './request-target.ts'

/** What a client asked for, whatever the router is shown. */
export type Target = {
  /** As it was sent, without the query. */
  readonly path: string
  /** Why it is refused although the key is right. */
  readonly problem: string | undefined
}

export type HiddenPaths = {
  /** Decides what the router may see of a request; a promise where the key has to be looked up first. */
  readonly prepare: (request: IncomingMessage) => Promise<void> | undefined
  readonly targetOf: (request: IncomingMessage) => Target
}

/** What the router is shown of a request that it need not find. */
const shownInstead = '/'

/**
 * Hides the path of a request from the router until its key is accepted. So a request without a valid key gets the same
 * answer for every path, and its path is not decoded, matched or normalized. A path that is not in normal form is never
 * shown to the router, so the router cannot take it for another path.
 */
export const createHiddenPaths = (
  authenticate: AuthenticateRequest,
  needsNoKey: (path: string) => boolean,
): HiddenPaths => {
  const hidden = new WeakMap<IncomingMessage, Target>()

  const hide = (request: IncomingMessage, path: string, problem?: string) => {
    hidden.set(request, { path, problem })
    request.url = shownInstead
  }

  const decide = (request: IncomingMessage, authentication: Authentication | undefined) => {
    const path = pathOf(request.url ?? '')
    if (authentication?.outcome !== 'accepted') return hide(request, path)
    const problem = normalFormProblem(path)
    if (problem !== undefined) hide(request, path, problem)
  }

  const decideLater = async (request: IncomingMessage, pending: Promise<Authentication>) =>
    // The middleware that authenticates next throws the error of a failed lookup.
    decide(request, await pending.catch(() => undefined))

  return {
    prepare: (request) => {
      if (needsNoKey(pathOf(request.url ?? ''))) return undefined
      const authentication = authenticate(request)
      if (authentication instanceof Promise) return decideLater(request, authentication)
      decide(request, authentication)
      return undefined
    },
    targetOf: (request) =>
      hidden.get(request) ?? { path: pathOf(request.url ?? ''), problem: undefined },
  }
}
