import type { Scope } from '../keys/scopes.ts'
import type { StoredKey } from '../keys/stored-key.ts'

// What a key may do. The fast path and the general path both ask here.

export const hasScope = ({ scopes }: StoredKey, scope: Scope): boolean => scopes.includes(scope)

/** Whether a key may use a model. One that it may not use is answered as one that does not exist. */
export const mayUseModel = ({ models }: Pick<StoredKey, 'models'>, name: string): boolean =>
  models === null || models.includes(name)

/** Whether requests of a key are counted before they are accepted. */
export const hasLimits = ({ rate, dailyQuota }: StoredKey): boolean =>
  rate !== null || dailyQuota !== null
