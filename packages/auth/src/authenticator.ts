import { isDemoHash } from './demo-keys.ts'
import type { FollowedKeys } from './follow-keys.ts'
import { type ApiKey, hashKey, parseKey } from './key.ts'
import type { PresentedKey } from './presented-key.ts'
import { type StoredKey, stateOf } from './stored-key.ts'

/** Who a request comes from, or why it was refused. Nothing tells one wrong key from another. */
export type Authentication =
  | { readonly outcome: 'accepted'; readonly key: StoredKey }
  | { readonly outcome: 'missing' | 'invalid' }

/** Answers at once for a key that is accepted, and in a moment for one that is not. */
export type Authenticate = (presented: PresentedKey) => Authentication | Promise<Authentication>

const missing: Authentication = { outcome: 'missing' }
const invalid: Authentication = { outcome: 'invalid' }

/**
 * Makes the function that checks a key. What can be no key is refused by its form; for all others the
 * work is the same, whatever is wrong with them: a hash, a look into memory, and, before a key is
 * refused, a look at the database, since it may have been made a moment ago.
 *
 * @param options.acceptDemoKeys whether the public demo keys open this door: on loopback only
 */
export const createAuthenticator = (
  keys: FollowedKeys,
  options: { readonly acceptDemoKeys: boolean },
): Authenticate => {
  const find = (hash: string): Authentication => {
    const key = keys.find(hash)
    if (key === undefined || stateOf(key, Date.now()) !== 'active') return invalid
    if (!options.acceptDemoKeys && isDemoHash(hash)) return invalid
    return { outcome: 'accepted', key }
  }

  const check = (key: ApiKey): Authentication | Promise<Authentication> => {
    const hash = hashKey(key)
    const found = find(hash)
    if (found.outcome === 'accepted' && keys.isFresh()) return found
    return keys.refresh().then(() => find(hash))
  }

  return (presented) => {
    if (presented.kind === 'none') return missing
    const key = presented.kind === 'key' ? parseKey(presented.text) : undefined
    return key === undefined ? invalid : check(key)
  }
}
