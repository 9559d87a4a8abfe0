import { type ApiKeyRow, type Database, findApiKeyByHash } from '@dsapi/db'
import { LRUCache } from 'lru-cache'
import { isDemoHash } from './demo-keys.ts'
import { hashKey, type KeyHash, parseKey } from './key.ts'
import { stateOf } from './keys.ts'

/** Who a request comes from, or why it was refused. Nothing tells one wrong key from another. */
export type Authentication =
  | { readonly outcome: 'accepted'; readonly keyId: string }
  | { readonly outcome: 'missing' | 'invalid' }

export type Authenticate = (presented: string | undefined) => Promise<Authentication>

const missing: Authentication = { outcome: 'missing' }
const invalid: Authentication = { outcome: 'invalid' }

/** A revoked key is dead everywhere after this long: the only memory that a process has of keys. */
const rememberedMs = 1000
const rememberedKeys = 10_000

/**
 * Makes the function that checks a key. A key that was found is remembered by its hash for a second
 * at most; an unknown one is not remembered, so strangers cannot fill the memory.
 *
 * @param options.acceptDemoKeys whether the public demo keys open this door: on loopback only
 */
export const createAuthenticator = (
  db: Database,
  options: { readonly acceptDemoKeys: boolean },
): Authenticate => {
  const remembered = new LRUCache<KeyHash, ApiKeyRow>({ max: rememberedKeys, ttl: rememberedMs })

  const find = async (hash: KeyHash) => {
    const known = remembered.get(hash)
    if (known !== undefined) return known
    const found = await findApiKeyByHash(db, hash)
    if (found !== undefined) remembered.set(hash, found)
    return found
  }

  return async (presented) => {
    if (presented === undefined || presented === '') return missing
    const key = parseKey(presented)
    if (key === undefined) return invalid
    const row = await find(hashKey(key))
    if (row === undefined || stateOf(row, Date.now()) !== 'active') return invalid
    if (!options.acceptDemoKeys && isDemoHash(row.hash)) return invalid
    return { outcome: 'accepted', keyId: row.id }
  }
}
