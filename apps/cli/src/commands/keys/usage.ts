import { getKey, readKeyUsage } from '@dsapi/auth'
import { withOwnDatabase } from '../../database/with-database.ts'
import { type Json, print, printJson, say, table } from '../../terminal/output.ts'

type UsageOptions = Json & { readonly window: number }

/** Prints the requests of all keys, or of one, by day. */
export const usage = async (
  id: string | undefined,
  { json, window: days }: UsageOptions,
): Promise<void> => {
  const found = await withOwnDatabase(async (db) => {
    const one = id !== undefined && { keyId: (await getKey(db, id)).id }
    return readKeyUsage(db, { ...one, days, now: Date.now() })
  })
  const rows = found.flatMap((key) =>
    key.days.map((day) => [
      ...[key.id, day.day, String(day.requests)],
      ...[String(day.client_errors), String(day.server_errors)],
    ]),
  )
  if (json) printJson(found)
  else if (rows.length === 0) say('No requests were counted.')
  else print(table(['KEY', 'DAY', 'REQUESTS', 'CLIENT ERRORS', 'SERVER ERRORS'], rows))
}
