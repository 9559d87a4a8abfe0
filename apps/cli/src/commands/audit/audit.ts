import { type ListedEntry, listAudit } from '@dsapi/auth'
import { withOwnDatabase } from '../../database/with-database.ts'
import { UsageError } from '../../terminal/cli-error.ts'
import { formatInstant, type Json, print, printJson, say, table } from '../../terminal/output.ts'

type AuditOptions = Json & {
  readonly kind?: ListedEntry['kind']
  readonly actor?: string
  readonly action?: string
  readonly target?: string
  /** Milliseconds up to now. */
  readonly since?: number
  readonly cursor?: string
  readonly limit: number
}

const asRow = (entry: ListedEntry) => [
  formatInstant(Date.parse(entry.at)),
  entry.actor,
  entry.kind,
  entry.action,
  entry.target,
  Object.entries(entry.detail)
    .map(([name, value]) => `${name}=${typeof value === 'object' ? JSON.stringify(value) : value}`)
    .join(', '),
]

/** Prints a page of the audit. */
export const audit = async ({ json, since, ...options }: AuditOptions): Promise<void> => {
  const from = since === undefined ? undefined : Date.now() - since
  const page = await withOwnDatabase((db) => listAudit(db, { ...options, since: from }))
  if (page === undefined) throw new UsageError('--cursor must be one that this command has printed')
  const { entries, nextCursor } = page
  if (json) printJson(entries)
  else if (entries.length === 0) say('There are no such entries.')
  else print(table(['WHEN', 'ACTOR', 'KIND', 'ACTION', 'TARGET', 'DETAILS'], entries.map(asRow)))
  if (nextCursor !== undefined) say(`There are older entries: add --cursor ${nextCursor}`)
}
