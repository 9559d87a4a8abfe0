import { type AuditEntry, readAudit } from '@dsapi/auth'
import { formatInstant, type Json, print, printJson, table } from '../output.ts'
import { withOwnDatabase } from '../with-database.ts'

const asRow = (entry: AuditEntry) => [
  formatInstant(Date.parse(entry.at)),
  entry.actor,
  entry.action,
  entry.key_id,
  Object.entries(entry.detail)
    .map(([name, value]) => `${name}=${value}`)
    .join(', '),
]

/** What was done to keys, for people. */
export const auditTable = (entries: readonly AuditEntry[]): string =>
  table(['WHEN', 'WHO', 'DID', 'TO KEY', 'DETAIL'], entries.map(asRow))

type AuditOptions = Json & { readonly key?: string; readonly limit: number }

export const audit = async ({ key, limit, json }: AuditOptions): Promise<void> => {
  const entries = await withOwnDatabase((db) =>
    readAudit(db, { ...(key && { keyId: key }), limit }),
  )
  if (json) printJson(entries)
  else print(auditTable(entries))
}
