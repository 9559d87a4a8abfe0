import type { IncomingHttpHeaders } from 'node:http'
import type { Authenticator } from './authenticator.ts'
import { presentedIn } from './presented-key.ts'
import type { Scope } from './scopes.ts'
import type { StoredKey } from './stored-key.ts'
import type { Usage } from './usage.ts'

/**
 * Lets a request through whose key is known, has the scope and no limits; that takes no waiting. What
 * becomes of any other is for `apiKeyAuth` to say, which would let this one through as well.
 */
export const admitAtOnce = (
  { recognize }: Pick<Authenticator, 'recognize'>,
  usage: Usage,
  scope: Scope,
  headers: IncomingHttpHeaders,
): StoredKey | undefined => {
  const key = recognize(presentedIn(headers))
  if (key === undefined || !key.scopes.includes(scope)) return undefined
  if (key.rate !== null || key.dailyQuota !== null) return undefined
  usage.note(key, Date.now())
  return key
}
