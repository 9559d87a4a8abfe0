import { type AuditEntry, readAudit } from '@dsapi/auth'
import { withOwnDatabase } from '../../database/with-database.ts'
import { formatInstant, type Json, print, printJson, say, table } from '../../terminal/output.ts'

const asRow = (entry: AuditEntry) => [
  formatInstant(Date.parse(entry.at)),
  entry.actor,
  entry.action,
  entry.key_id,
  Object.entries(entry.detail)
    .map(([name, value]) => `${name}=${typeof value === 'object' ? JSON.stringify(value) : value}`)
    .join(', '),
]

/** Changes to keys as a table, for people. */
export const auditTable = (entries: readonly AuditEntry[]): string =>
  table(['WHEN', 'ACTOR', 'ACTION', 'KEY', 'DETAILS'], entries.map(asRow))

type AuditOptions = Json & {
  readonly key?: string
  readonly before?: number
  readonly limit: number
}

export const audit = async ({ key, before, limit, json }: AuditOptions): Promise<void> => {
  const asked = { ...(key && { keyId: key }), ...(before && { before }) }
  const found = await withOwnDatabase((db) => readAudit(db, { ...asked, limit: limit + 1 }))
  const entries = found.slice(0, limit)
  if (json) printJson(entries)
  else if (entries.length === 0) say('There are no such entries.')
  else print(auditTable(entries))
  const last = entries.at(-1)
  if (found.length > limit && last) say(`There are older entries: add --before ${last.id}`)
}
