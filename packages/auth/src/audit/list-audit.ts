import {
  type AuditFilter,
  type AuditKind,
  type AuditListRow,
  type AuditPlace,
  type Database,
  listAuditEntries,
} from '@dsapi/db'

/** An audit entry of any kind as JSON for people and programs. */
export type ListedEntry = {
  readonly kind: AuditKind
  /** Counted for models, and for keys and sessions together. */
  readonly id: number
  readonly at: string
  readonly actor: string
  readonly action: string
  /** The id of a key, or the name of a model. */
  readonly target: string
  readonly detail: Readonly<Record<string, unknown>>
}

type Page = { readonly entries: readonly ListedEntry[]; readonly nextCursor: string | undefined }

const sessionActions: readonly string[] = ['sign_in', 'sign_out', 'session_ended']

const describe = (row: AuditListRow): ListedEntry => {
  const detail = JSON.parse(row.detail) as ListedEntry['detail']
  const { id, actor, action } = row
  const same = { id, at: new Date(row.at).toISOString(), actor, action }
  if (row.of === 'model') {
    return { kind: 'model', ...same, target: row.name, detail: { version: row.version, ...detail } }
  }
  const kind = sessionActions.includes(action) ? 'session' : 'key'
  return { kind, ...same, target: row.key_id, detail }
}

const cursorForm = /^(key|model)-(\d{1,15})-([1-9]\d{0,14})$/

const readCursor = (cursor: string): AuditPlace | undefined => {
  const [, of, at, id] = cursorForm.exec(cursor) ?? []
  if (of !== 'key' && of !== 'model') return undefined
  return { of, at: Number(at), id: Number(id) }
}

/**
 * A page of what was done to keys, to sessions of the web console, and to models: the newest first.
 *
 * @param options.cursor the `nextCursor` of the page before
 * @returns undefined for an invalid cursor
 */
export const listAudit = async (
  db: Database,
  {
    cursor,
    limit,
    ...filter
  }: AuditFilter & { readonly cursor?: string | undefined; readonly limit: number },
): Promise<Page | undefined> => {
  const before = cursor === undefined ? undefined : readCursor(cursor)
  if (cursor !== undefined && before === undefined) return undefined
  // One more shows whether there is another page.
  const page = { ...filter, ...(before && { before }), limit: limit + 1 }
  const rows = await listAuditEntries(db, page)
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  const isMore = rows.length > limit && last !== undefined
  return {
    entries: shown.map(describe),
    nextCursor: isMore ? `${last.of}-${last.at}-${last.id}` : undefined,
  }
}
