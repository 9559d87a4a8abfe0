import { randomUUID } from 'node:crypto'
import {
  type ConsoleSessionRow,
  type Database,
  endConsoleSession,
  findConsoleSession,
  insertConsoleSession,
  inTransaction,
  listConsoleSessions,
  storableText,
  takeAdvisoryLock,
} from '@dsapi/db'
import { type Actor, type By, record, type SessionEvent } from '../keys/audit.ts'
import type { StoredKey } from '../keys/stored-key.ts'
import {
  drawSecret,
  type FoundSession,
  hashSecret,
  isLive,
  keyOfCode,
  type Session,
  sessionOf,
} from './session.ts'

/** A new session. Only here its token is in the clear. */
export type OpenedSession = FoundSession & { readonly token: string }

type OpenOptions = {
  /** The key that was shown; undefined where a code was. */
  readonly key: StoredKey | undefined
  /** Who signs in: `key:` and the id of the key, or the user who made the code. */
  readonly actor: Actor
  readonly now: number
  readonly lifeMs: number
  readonly address: string
  readonly agent: string
  /** The token of the session that the browser had before. */
  readonly previous: string | undefined
}

const tokenBytes = 32
const mostOfOne = 20
const longestText = 300

/**
 * Opens a session. The one that the browser had before ends, and so does the oldest of the same key where there are 20.
 * It never lasts longer than its key.
 */
export const openSession = (db: Database, options: OpenOptions): Promise<OpenedSession> => {
  const { key, actor, now, lifeMs } = options
  const token = drawSecret(tokenBytes)
  const row: ConsoleSessionRow = {
    id: randomUUID(),
    token_sha256: hashSecret(token),
    key_id: key?.id ?? null,
    created_by: actor,
    created_at: now,
    seen_at: now,
    expires_at: Math.min(now + lifeMs, key?.expiresAt ?? Number.POSITIVE_INFINITY),
    ended_at: null,
    address: options.address.slice(0, longestText),
    agent: storableText(options.agent.slice(0, longestText)),
  }
  return inTransaction(db, async (transaction) => {
    await takeAdvisoryLock(transaction, 'audit')
    const { previous } = options
    const before = previous && (await findConsoleSession(transaction, hashSecret(previous)))
    if (before) await end(transaction, before.id, 'session_ended', { actor, now })
    const others = (await listConsoleSessions(transaction, now)).filter(
      ({ key_id, created_by }) => key_id === row.key_id && created_by === actor,
    )
    for (const { id } of others.slice(mostOfOne - 1)) {
      await end(transaction, id, 'session_ended', { actor, now })
    }
    await insertConsoleSession(transaction, row)
    await recordEvent(transaction, row, 'sign_in', { actor, now })
    return { token, session: sessionOf(row), key: key ?? keyOfCode(row) }
  })
}

/** Sessions that a code has opened have no key, and the audit is of keys: their own rows name who opened them. */
const recordEvent = async (db: Database, row: ConsoleSessionRow, action: SessionEvent, by: By) => {
  const detail = { session: row.id }
  if (row.key_id !== null) await record(db, by, { action, keyId: row.key_id, detail })
}

const end = async (db: Database, id: string, action: 'sign_out' | 'session_ended', by: By) => {
  const row = await endConsoleSession(db, id, by.now)
  if (row !== undefined) await recordEvent(db, row, action, by)
  return row !== undefined
}

/** Ends a session, on every process within a second. Returns whether there was one. */
export const endSession = (
  db: Database,
  id: string,
  action: 'sign_out' | 'session_ended',
  by: By,
): Promise<boolean> =>
  inTransaction(db, async (transaction) => {
    await takeAdvisoryLock(transaction, 'audit')
    return end(transaction, id, action, by)
  })

/** All live sessions, the newest first. */
export const listSessions = async (db: Database, now: number): Promise<Session[]> =>
  (await listConsoleSessions(db, now)).filter((row) => isLive(row, now)).map(sessionOf)
