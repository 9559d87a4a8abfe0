import type { IncomingMessage } from 'node:http'
import type { AuthenticateRequest, Authentication } from '@dsapi/auth'
import { protocolOf } from '@dsapi/inference'
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

const sent = Symbol('target')

type WithTarget = IncomingMessage & { [sent]?: Target }

/** What a request asked for, whatever the router is shown of it. */
export const targetOf = (request: IncomingMessage): Target =>
  (request as WithTarget)[sent] ?? { path: pathOf(request.url ?? ''), problem: undefined }

/** Shows the router another target than the one that a client has sent. */
export const showAs = (
  request: WithTarget,
  path: string,
  shown: string,
  problem?: string,
): void => {
  request[sent] = { path, problem }
  request.url = shown
}

/** Clients of protocols write some paths with a slash at the end. The router is shown them without it. */
const cutLastSlash = (request: WithTarget) => {
  const path = pathOf(request.url ?? '')
  if (path === '/' || !path.endsWith('/') || path.endsWith('//') || protocolOf(path) === undefined)
    return
  showAs(request, targetOf(request).path, path.slice(0, -1))
}

/** What the router is shown of a request that it need not find. No path is so. */
const shownInstead = '/-'

/**
 * Hides the path of a request from the router until its key is accepted. So a request without a valid key gets the same
 * answer for every path, and its path is not decoded, matched or normalized. A path that is not in normal form is never
 * shown to the router, so the router cannot take it for another path.
 */
export const createHiddenPaths = (
  authenticate: AuthenticateRequest,
  needsNoKey: (path: string) => boolean,
): HiddenPaths => {
  const hide = (request: IncomingMessage, path: string, problem?: string) =>
    showAs(request, path, shownInstead, problem)

  const decide = (request: IncomingMessage, authentication: Authentication | undefined) => {
    const { path } = targetOf(request)
    if (authentication?.outcome !== 'accepted') return hide(request, path)
    const problem = normalFormProblem(path)
    if (problem !== undefined) hide(request, path, problem)
  }

  const decideLater = async (request: IncomingMessage, pending: Promise<Authentication>) =>
    // The middleware that authenticates next throws the error of a failed lookup.
    decide(request, await pending.catch(() => undefined))

  return {
    prepare: (request) => {
      cutLastSlash(request)
      if (needsNoKey(pathOf(request.url ?? ''))) return undefined
      const authentication = authenticate(request)
      if (authentication instanceof Promise) return decideLater(request, authentication)
      decide(request, authentication)
      return undefined
    },
    targetOf,
  }
}
