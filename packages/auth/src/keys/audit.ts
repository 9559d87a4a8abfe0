import { type AuditRow, type Database, insertAudit, listAudit } from '@dsapi/db'
import { isKeyId } from './key-id.ts'

/** Who changes a key: a user of the command line, or the holder of an admin key. */
export type Actor = `cli:${string}` | `key:${string}`

export type Change =
  | 'create'
  | 'rotate'
  | 'disable'
  | 'enable'
  | 'revoke'
  | 'change'
  | 'rotate_webhook_secret'

/** What happens to sessions of the web console that a key has opened. */
export type SessionEvent = 'sign_in' | 'sign_out' | 'session_ended'

/** Who makes a change, and when, in milliseconds since 1970 (UTC). */
export type By = {
  readonly actor: Actor
  readonly now: number
  /** The id of the session of the web console in which it is made. */
  readonly session?: string | undefined
}

type Entry = {
  readonly action: Change | SessionEvent
  readonly keyId: string
  readonly detail?: Readonly<Record<string, unknown>>
}

/** Writes an audit entry, in the transaction of the change itself. */
export const record = (db: Database, { actor, now, session }: By, entry: Entry): Promise<void> =>
  insertAudit(db, {
    ...{ at: now, actor },
    action: entry.action,
    key_id: entry.keyId,
    detail: JSON.stringify({ ...entry.detail, ...(session && { via: 'console', session }) }),
  })

/** An entry as JSON for people and programs. */
export const describeEntry = (row: AuditRow) => ({
  id: row.id,
  at: new Date(row.at).toISOString(),
  actor: row.actor,
  action: row.action,
  key_id: row.key_id,
  detail: JSON.parse(row.detail) as Readonly<Record<string, unknown>>,
})

export type AuditEntry = ReturnType<typeof describeEntry>

/**
 * Reads audit entries of one key or of all, the newest first.
 *
 * @param options.before only entries that are older than the one with this id
 */
export const readAudit = async (
  db: Database,
  options: { readonly keyId?: string; readonly before?: number; readonly limit: number },
): Promise<AuditEntry[]> => {
  if (options.keyId !== undefined && !isKeyId(options.keyId)) return []
  return (await listAudit(db, options)).map(describeEntry)
}

const cursorForm = /^[1-9]\d{0,14}$/

type Page = { readonly entries: readonly AuditEntry[]; readonly nextCursor: string | undefined }

/**
 * A page of `readAudit`.
 *
 * @param options.cursor the `nextCursor` of the page before
 * @returns undefined for an invalid cursor
 */
export const readAuditPage = async (
  db: Database,
  options: { readonly keyId?: string; readonly cursor?: string; readonly limit: number },
): Promise<Page | undefined> => {
  const { keyId, cursor, limit } = options
  if (cursor !== undefined && !cursorForm.test(cursor)) return undefined
  const before = cursor === undefined ? undefined : Number(cursor)
  const found = await readAudit(db, {
    ...(keyId && { keyId }),
    ...(before && { before }),
    limit: limit + 1, // One more shows whether there is another page.
  })
  const entries = found.slice(0, limit)
  return { entries, nextCursor: found.length > limit ? String(entries.at(-1)?.id) : undefined }
}
