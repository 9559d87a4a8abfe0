import { randomUUID } from 'node:crypto'
import { type ApiKeyRow, type Database, insertApiKey, listApiKeys, revokeApiKey } from '@dsapi/db'
import { type ApiKey, generateKey, hashKey } from './key.ts'

export type KeyState = 'active' | 'expired' | 'revoked'

/** A stored key as people may see it. Instants are milliseconds since 1970 (UTC). */
export type StoredKey = {
  readonly id: string
  readonly name: string
  readonly state: KeyState
  readonly hash: string
  readonly prefix: string
  readonly suffix: string
  readonly createdAt: number
  readonly expiresAt: number | null
  readonly revokedAt: number | null
}

/** Whether a stored key opens the door at an instant. */
export const stateOf = (row: ApiKeyRow, now: number): KeyState => {
  if (row.revoked_at !== null) return 'revoked'
  return row.expires_at !== null && row.expires_at <= now ? 'expired' : 'active'
}

type NewKey = {
  readonly key: ApiKey
  readonly name: string
  readonly now: number
  /** From when on the key is refused; null: never. */
  readonly expiresAt: number | null
}

const shownOfPrefix = 10
const shownOfSuffix = 4

/** Stores a key, by its hash, and gives the id under which people speak of it. */
export const addKey = async (db: Database, { key, name, now, expiresAt }: NewKey) => {
  const id = randomUUID()
  await insertApiKey(db, {
    id,
    name,
    hash: hashKey(key),
    prefix: key.slice(0, shownOfPrefix),
    suffix: key.slice(-shownOfSuffix),
    created_at: now,
    expires_at: expiresAt,
    revoked_at: null,
  })
  return id
}

/** Makes a key and stores its hash. The key itself is in the answer and nowhere else. */
export const createKey = async (
  db: Database,
  options: Omit<NewKey, 'key'>,
): Promise<{ readonly id: string; readonly key: ApiKey }> => {
  const key = generateKey()
  return { id: await addKey(db, { ...options, key }), key }
}

/** All keys ever made, the oldest first. */
export const listKeys = async (db: Database, now: number): Promise<StoredKey[]> =>
  (await listApiKeys(db)).map((row) => ({
    id: row.id,
    name: row.name,
    state: stateOf(row, now),
    hash: row.hash,
    prefix: row.prefix,
    suffix: row.suffix,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    revokedAt: row.revoked_at,
  }))

/** Revokes a key for good; false when there is no such key or it was revoked before. */
export const revokeKey = (db: Database, id: string, now: number): Promise<boolean> =>
  revokeApiKey(db, id, now)
