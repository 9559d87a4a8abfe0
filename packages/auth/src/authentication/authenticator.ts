import { isDemoHash } from '../keys/demo-keys.ts'
import type { FollowedKeys } from '../keys/follow-keys.ts'
import { hashKey, longestKey, parseKey } from '../keys/key-format.ts'
import { type StoredKey, stateOf } from '../keys/stored-key.ts'
import type { PresentedKey } from './presented-key.ts'

/** Who a request comes from, or why it was refused. Nothing tells one wrong key from another. */
export type Authentication =
  | { readonly outcome: 'accepted'; readonly key: StoredKey }
  | { readonly outcome: 'missing' | 'invalid' }

/** Answers at once for a key that is accepted, and in a moment for one that is not. @param host the request's `Host` */
export type Authenticate = (
  presented: PresentedKey,
  host?: string,
) => Authentication | Promise<Authentication>

export type Authenticator = {
  readonly authenticate: Authenticate
  /** How often a key was accepted by what is in memory, and how often the database had to be asked. */
  readonly lookups: () => { readonly known: number; readonly unknown: number }
}

const missing: Authentication = { outcome: 'missing' }
const invalid: Authentication = { outcome: 'invalid' }

/**
 * Makes what checks a key. A key that is known is found by its hash in memory. For one
 * that is not accepted the work is the same, whatever is wrong with it: before it is refused there is
 * a look at the database, since it may have been made a moment ago. Only what can be no key at all,
 * as anyone can tell by its form, is refused without.
 *
 * @param options.acceptDemoKeys whether the public demo keys are accepted in a request for this host: everybody knows
 *   them, so a web page could use them that leads a browser here under a name of its own (DNS rebinding)
 */
export const createAuthenticator = (
  keys: FollowedKeys,
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
