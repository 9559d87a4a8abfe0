import { hash, randomBytes } from 'node:crypto'
import type { ConsoleSessionRow } from '@dsapi/db'
import type { Actor } from '../keys/audit.ts'
import type { StoredKey } from '../keys/stored-key.ts'

/** A session of the web console: everything except its token. Times are in milliseconds since 1970. */
export type Session = {
  readonly id: string
  /** The key that it was opened with; null where a code was. */
  readonly keyId: string | null
  /** `key:` and the id of the key, or `cli:` and the user who made the code. */
  readonly createdBy: Actor
  readonly createdAt: number
  /** When a person last did something, to the minute. */
  readonly seenAt: number
  readonly expiresAt: number
  readonly address: string
  readonly agent: string
}

export const sessionOf = (row: ConsoleSessionRow): Session => ({
  id: row.id,
  keyId: row.key_id,
  createdBy: row.created_by as Actor, // Only actors are written.
  createdAt: row.created_at,
  seenAt: row.seen_at,
  expiresAt: row.expires_at,
  address: row.address,
  agent: row.agent,
})

/** A live session with the key whose rights it has now. */
export type FoundSession = { readonly session: Session; readonly key: StoredKey }

/** Stands in the place of a key for a session that a code has opened: the user of the command line manages the server. */
export const keyOfCode = ({
  created_by: name,
  created_at: createdAt,
}: ConsoleSessionRow): StoredKey => ({
  ...{ id: name, ownerId: name, name, note: '', hash: '', prefix: '', suffix: '' },
  ...{ scopes: ['admin'], models: null, rate: null, dailyQuota: null, maxJobs: null },
  ...{ createdBy: name, createdAt, expiresAt: null, disabledAt: null, revokedAt: null },
  ...{ replacedBy: null, lastUsedAt: null, webhookUrl: null },
})

/** A session that nobody uses ends (OWASP, Session Management Cheat Sheet: 15 to 30 minutes). */
const idleMs = 30 * 60_000

export const isLive = (row: ConsoleSessionRow, now: number): boolean =>
  row.ended_at === null && row.expires_at > now && row.seen_at > now - idleMs

/** Draws a secret from the operating system's random source. */
export const drawSecret = (bytes: number): string => randomBytes(bytes).toString('base64url')

/** What is stored of a secret. A fast hash is right: so many random bits cannot be guessed. */
export const hashSecret = (secret: string): string => hash('sha256', secret)
