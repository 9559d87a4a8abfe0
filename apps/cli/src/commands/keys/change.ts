import { type By, describeKey, disableKey, enableKey, revokeKey, type StoredKey } from '@dsapi/auth'
import type { Database } from '@dsapi/db'
import { withOwnDatabase } from '../../database/with-database.ts'
import { cliActor } from '../../terminal/cli-actor.ts'
import { type Json, printJson, say } from '../../terminal/output.ts'

const change =
  (done: string, apply: (db: Database, id: string, by: By) => Promise<StoredKey>) =>
  async (id: string, { json }: Json): Promise<void> => {
    const key = await withOwnDatabase((db) => apply(db, id, cliActor()))
    if (json) printJson(describeKey(key, Date.now()))
    else say(`${done} ${id}. Running servers apply the change within a second.`)
  }

export const revoke = change('Revoked', revokeKey)
export const disable = change('Disabled', disableKey)
export const enable = change('Enabled', enableKey)
