import type { Database } from '@dsapi/db'
import type { By } from './audit.ts'
import { type ApiKey, hashKey } from './key-format.ts'
import { addKey, listKeys } from './manage-keys.ts'
import { stateOf } from './stored-key.ts'

/**
 * The two keys of the example that dsapi grew out of (PyCon UK 2017). They are public, so they are stored only on
 * request, and accepted only on a machine's loopback address.
 */
export const demoKeys: readonly ApiKey[] = [
  'PE1tlZti1TXJ9nTIri30OnPcquDUpjVrayieAAzY' as ApiKey,
  '4jp1YQZYB5q0Rgd6ddDdAqbhTVSrOkLscmSaXnnW' as ApiKey,
]

const demoHashes: ReadonlySet<string> = new Set(demoKeys.map(hashKey))

/** Whether a stored hash is that of a demo key. */
export const isDemoHash = (hash: string): boolean => demoHashes.has(hash)

/** Whether a demo key is stored that is accepted, or would be once it is enabled. */
export const hasDemoKeys = async (db: Database, now: number): Promise<boolean> =>
  (await listKeys(db)).some(
    (key) => isDemoHash(key.hash) && ['active', 'disabled'].includes(stateOf(key, now)),
  )

/** Stores the demo keys that are not stored yet. */
export const addDemoKeys = async (db: Database, by: By): Promise<void> => {
  const stored = new Set((await listKeys(db)).map((key) => key.hash))
  for (const [index, key] of demoKeys.entries()) {
    if (!stored.has(hashKey(key))) await addKey(db, key, { name: `demo ${index + 1}` }, by)
  }
}
