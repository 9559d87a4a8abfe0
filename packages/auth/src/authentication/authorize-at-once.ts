import type { Scope } from '../keys/scopes.ts'
import type { StoredKey } from '../keys/stored-key.ts'
import type { Authentication } from './authenticator.ts'
import { hasScope } from './permissions.ts'

/**
 * Authorizes a request without waiting, if its key is known and has the scope. `apiKeyAuth` decides about all other
 * requests, and would authorize this one as well. The caller takes it from the limits of the key (`chargeAtOnce`) and records the
 * use (`Usage.recordUse`).
 */
export const authorizeAtOnce = (
  authentication: Authentication | Promise<Authentication>,
  scope: Scope,
): StoredKey | undefined => {
  if (authentication instanceof Promise || authentication.outcome !== 'accepted') return undefined
  const { key } = authentication
  return hasScope(key, scope) ? key : undefined
}
