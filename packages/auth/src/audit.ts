import { type AuditRow, type Database, insertAudit, listAudit } from '@dsapi/db'
import { isKeyId } from './key-id.ts'

/** Who does something to a key: a person at a command line, or the holder of an admin key. */
export type Actor = `cli:${string}` | `key:${string}`

export type Change = 'create' | 'rotate' | 'disable' | 'enable' | 'revoke'

type Entry = {
  readonly at: number
  readonly actor: Actor
  readonly action: Change
  readonly keyId: string
  readonly detail?: Readonly<Record<string, unknown>>
}

/** Writes down who did what, in the transaction in which it is done. */
export const record = (db: Database, entry: Entry): Promise<void> =>
  insertAudit(db, {
    at: entry.at,
    actor: entry.actor,
    action: entry.action,
    key_id: entry.keyId,
    detail: JSON.stringify(entry.detail ?? {}),
  })

const describe = (row: AuditRow) => ({
  id: row.id,
  at: new Date(row.at).toISOString(),
  actor: row.actor,
  action: row.action,
  key_id: row.key_id,
  detail: JSON.parse(row.detail) as Readonly<Record<string, unknown>>,
})

export type AuditEntry = ReturnType<typeof describe>

/** What was done to keys, the newest first; to one of them, or to all. */
export const readAudit = async (
  db: Database,
  options: { readonly keyId?: string; readonly limit: number },
): Promise<AuditEntry[]> => {
  if (options.keyId !== undefined && !isKeyId(options.keyId)) return []
  return (await listAudit(db, options)).map(describe)
}
