import { isDemoHash } from '../keys/demo-keys.ts'
import type { FollowedKeys } from '../keys/follow-keys.ts'
import { hashKey, longestKey, parseKey } from '../keys/key-format.ts'
import { type StoredKey, stateOf } from '../keys/stored-key.ts'
import type { PresentedKey } from './presented-key.ts'

/** Who sent a request, or why it was rejected. Nothing distinguishes one wrong key from another. */
export type Authentication =
  | { readonly outcome: 'accepted'; readonly key: StoredKey }
  | { readonly outcome: 'missing' | 'invalid' }

/** Checks a key: at once if it is known, otherwise after a look at the database. @param host the request's `Host` */
export type Authenticate = (
  presented: PresentedKey,
  host?: string,
) => Authentication | Promise<Authentication>

export type Authenticator = {
  readonly authenticate: Authenticate
  /** How often a key was accepted from memory, and how often the database was asked. */
  readonly lookups: () => { readonly known: number; readonly unknown: number }
}

const missing: Authentication = { outcome: 'missing' }
const invalid: Authentication = { outcome: 'invalid' }

/**
 * Makes the check of keys. A known key is found by its hash in memory. Any other key costs the same work, whatever is
 * wrong with it: the database is asked before it is rejected, because it may have been made a moment ago. Only text
 * whose form shows that it cannot be a key is rejected at once.
 *
 * @param options.acceptDemoKeys whether the demo keys are accepted in a request for this host. They are public, so a
 *   web page could use them by pointing a name of its own at this machine (DNS rebinding)
 */
export const createAuthenticator = (
  keys: Pick<FollowedKeys, 'find' | 'isFresh' | 'refresh'>,
  options: { readonly acceptDemoKeys: (host: string | undefined) => boolean },
): Authenticator => {
  const find = (hash: string, host: string | undefined): Authentication => {
    const key = keys.find(hash)
    if (key === undefined || stateOf(key, Date.now()) !== 'active') return invalid
    if (isDemoHash(hash) && !options.acceptDemoKeys(host)) return invalid
    return { outcome: 'accepted', key }
  }

  let known = 0
  let unknown = 0

  const authenticate: Authenticate = (presented, host) => {
    if (presented.kind === 'none') return missing
    if (presented.kind === 'two' || presented.text.length > longestKey) return invalid
    const hash = hashKey(presented.text)
    const found = find(hash, host)
    if (found.outcome === 'accepted' && keys.isFresh()) {
      known++
      return found
    }
    if (parseKey(presented.text) === undefined) return invalid
    unknown++
    return keys.refresh().then(() => find(hash, host))
  }

  return { authenticate, lookups: () => ({ known, unknown }) }
}
