import { describeKey, formatRate, getKey, listKeys, readAudit, type StoredKey } from '@dsapi/auth'
import { withOwnDatabase } from '../../database/with-database.ts'
import {
  formatInstant,
  type Json,
  print,
  printable,
  printJson,
  say,
  table,
} from '../../terminal/output.ts'
import { auditTable } from './audit.ts'

const described = (key: StoredKey) => describeKey(key, Date.now())

const header = ['ID', 'NAME', 'KEY', 'STATE', 'SCOPES', 'MODELS', 'LIMITS', 'LAST USED', 'EXPIRES']

const asRow = (stored: StoredKey) => {
  const { id, name, key, state, scopes, models } = described(stored)
  return [
    ...[id, name, key, state, scopes.join(' '), models?.join(' ') ?? 'all', limitsOf(stored)],
    formatInstant(stored.lastUsedAt),
    formatInstant(stored.expiresAt),
  ]
}

const limitsOf = ({ rate, dailyQuota, maxJobs }: StoredKey) => {
  const limits = [
    rate && formatRate(rate),
    dailyQuota && `${dailyQuota}/day`,
    maxJobs && `${maxJobs} jobs`,
  ]
  return limits.filter((limit) => limit !== null).join(' ') || '-'
}

export const list = async ({ json }: Json): Promise<void> => {
  const keys = await withOwnDatabase(listKeys)
  if (json) printJson(keys.map(described))
  else if (keys.length === 0) say('There are no keys yet. Create one: dsapi keys create --name me')
  else print(table(header, keys.map(asRow)))
}

const historyLimit = 1000

export const show = async (id: string, { json }: Json): Promise<void> => {
  const { key, history } = await withOwnDatabase(async (db) => ({
    key: described(await getKey(db, id)),
    history: await readAudit(db, { keyId: id, limit: historyLimit }),
  }))
  if (json) {
    printJson({ ...key, history })
    return
  }
  for (const [name, value] of Object.entries({ ...key, models: key.models ?? 'all' })) {
    print(`${name.replaceAll('_', ' ').padEnd(12)}  ${printable(asText(value))}`)
  }
  print(`\n${auditTable(history)}`)
}

const asText = (value: string | number | readonly string[] | null) => {
  if (value === null || value === '') return '-'
  return typeof value === 'object' ? value.join(' ') : String(value)
}
