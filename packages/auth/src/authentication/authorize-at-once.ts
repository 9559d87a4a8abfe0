import type { Scope } from '../keys/scopes.ts'
import type { StoredKey } from '../keys/stored-key.ts'
import type { Authentication } from './authenticator.ts'

/**
 * The key of a request that is authorized without any waiting: it is known, has the scope and no limits. What
 * becomes of any other is for `apiKeyAuth` to say, which would authorize this one as well. Who uses it records
 * the use (`Usage.note`).
 */
export const authorizeAtOnce = (
  authentication: Authentication | Promise<Authentication>,
  scope: Scope,
): StoredKey | undefined => {
  if (authentication instanceof Promise || authentication.outcome !== 'accepted') return undefined
  const { key } = authentication
  const isAuthorized = key.scopes.includes(scope) && key.rate === null && key.dailyQuota === null
  return isAuthorized ? key : undefined
}
