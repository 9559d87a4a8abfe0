import type { Scope } from '../keys/scopes.ts'
import type { StoredKey } from '../keys/stored-key.ts'

// What a key may do. The fast path and the general path both ask here.

export const hasScope = ({ scopes }: StoredKey, scope: Scope): boolean => scopes.includes(scope)

/** Whether requests of a key are counted before they are accepted. */
export const hasLimits = ({ rate, dailyQuota }: StoredKey): boolean =>
  rate !== null || dailyQuota !== null
