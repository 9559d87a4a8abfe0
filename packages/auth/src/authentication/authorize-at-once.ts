import type { Scope } from '../keys/scopes.ts'
import type { StoredKey } from '../keys/stored-key.ts'
import type { Authentication } from './authenticator.ts'
import { hasLimits, hasScope } from './permissions.ts'

/**
 * Authorizes a request without waiting, if its key is known, has the scope and has no limits. `apiKeyAuth` decides
 * about all other requests, and would authorize this one as well. The caller records the use (`Usage.recordUse`).
 */
export const authorizeAtOnce = (
  authentication: Authentication | Promise<Authentication>,
  scope: Scope,
): StoredKey | undefined => {
  if (authentication instanceof Promise || authentication.outcome !== 'accepted') return undefined
  const { key } = authentication
  return hasScope(key, scope) && !hasLimits(key) ? key : undefined
}
