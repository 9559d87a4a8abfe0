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

export type KeyFirst = {
  /** Decides what the router may see of a request; a promise where the key has to be looked up first. */
  readonly prepare: (request: IncomingMessage) => Promise<void> | undefined
  readonly targetOf: (request: IncomingMessage) => Target
}

/** What the router is shown of a request that it need not find. */
const shownInstead = '/'

/**
 * Keeps a request's path from everybody until its key is authorized: whoever has none gets the answer of any other path,
 * and nobody decodes, matches or normalizes what was sent. A path that is not in normal form is never
 * shown to the router, so it cannot be taken there for another one.
 */
export const createKeyFirst = (
  authenticate: AuthenticateRequest,
  needsNoKey: (path: string) => boolean,
): KeyFirst => {
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
    // Whoever asks for the key next is told why it could not be looked up.
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
