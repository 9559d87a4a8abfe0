import type { Database } from '@dsapi/db'
import { type ApiKey, hashKey } from './key.ts'
import { addKey, listKeys } from './keys.ts'

/**
 * The two keys of the public example that dsapi grew out of (PyCon UK 2017). Anyone can read them
 * there, so they exist only where somebody asked for them, and only on a machine's loopback address.
 */
export const demoKeys: readonly ApiKey[] = [
  'PE1tlZti1TXJ9nTIri30OnPcquDUpjVrayieAAzY' as ApiKey,
  '4jp1YQZYB5q0Rgd6ddDdAqbhTVSrOkLscmSaXnnW' as ApiKey,
]

const demoHashes: ReadonlySet<string> = new Set(demoKeys.map(hashKey))

/** Whether a stored hash is that of a demo key. */
export const isDemoHash = (hash: string): boolean => demoHashes.has(hash)

/** Whether a demo key could be used at an instant. */
export const hasDemoKeys = async (db: Database, now: number): Promise<boolean> =>
  (await listKeys(db, now)).some(({ hash, state }) => state === 'active' && isDemoHash(hash))

/** Stores the demo keys that are not stored yet. */
export const addDemoKeys = async (db: Database, now: number): Promise<void> => {
  const stored = new Set((await listKeys(db, now)).map((key) => key.hash))
  for (const [index, key] of demoKeys.entries()) {
    if (!stored.has(hashKey(key)))
      await addKey(db, { key, name: `demo ${index + 1}`, now, expiresAt: null })
  }
}
