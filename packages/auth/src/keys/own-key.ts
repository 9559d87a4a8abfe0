import { type Database, listApiKeysOf, listAuditOf } from '@dsapi/db'
import { type AuditEntry, describeEntry } from './audit.ts'
import { describeKey, fromRow, type KeyDescription, type StoredKey } from './stored-key.ts'

/** A key as its holder may see it: without the note, which is for admins. */
type SeenByHolder = Omit<KeyDescription, 'note'>

/** What the holder of a key may see. */
export type OwnKey = SeenByHolder & {
  /** All keys of its line of rotations, the oldest first, itself among them. They share jobs and limits. */
  readonly line: readonly SeenByHolder[]
  /** What was done to the keys of the line and by whom, the newest first. */
  readonly history: readonly AuditEntry[]
}

const historyLimit = 100

const withoutNote = <T extends { readonly note?: unknown }>({ note, ...rest }: T) => rest

/** A detail without notes, also in what was before and after a change. */
const withoutNotes = (detail: AuditEntry['detail']): AuditEntry['detail'] => {
  const members = Object.entries(withoutNote(detail)).map(([name, value]) => [
    name,
    typeof value === 'object' && value !== null ? withoutNote(value) : value,
  ])
  return Object.fromEntries(members)
}

/**
 * Describes a key to its holder, with its line of rotations: a rotation makes another key that can read the same
 * jobs, so the owner must be able to see that it was done.
 */
export const describeOwnKey = async (
  db: Database,
  { id, ownerId }: Pick<StoredKey, 'id' | 'ownerId'>,
  now: number,
): Promise<OwnKey | undefined> => {
  const rows = await listApiKeysOf(db, ownerId)
  const line = rows.map((row) => withoutNote(describeKey(fromRow(row), now)))
  const own = line.find((key) => key.id === id)
  if (own === undefined) return undefined
  const entries = (await listAuditOf(db, { ownerId, limit: historyLimit })).map(describeEntry)
  const history = entries.map((entry) => ({ ...entry, detail: withoutNotes(entry.detail) }))
  return { ...own, line, history }
}
