import { type By, describeKey, disableKey, enableKey, revokeKey, type StoredKey } from '@dsapi/auth'
import type { Database } from '@dsapi/db'
import { withOwnDatabase } from '../../database/with-database.ts'
import { cliActor } from '../../terminal/cli-actor.ts'
import { type Json, printJson, say } from '../../terminal/output.ts'

type Change = {
  readonly name: string
  readonly summary: string
  readonly apply: (db: Database, id: string, by: By) => Promise<StoredKey>
  readonly done: string
}

/** What can be done to a key in one word. */
export const changes: readonly Change[] = [
  { name: 'revoke', summary: 'revoke a key, for good', apply: revokeKey, done: 'Revoked' },
  {
    name: 'disable',
    summary: 'shut a key out until it is enabled',
    apply: disableKey,
    done: 'Disabled',
  },
  { name: 'enable', summary: 'let a disabled key in again', apply: enableKey, done: 'Enabled' },
]

export const change =
  ({ apply, done }: Change) =>
  async (id: string, { json }: Json): Promise<void> => {
    const key = await withOwnDatabase((db) => apply(db, id, cliActor()))
    if (json) printJson(describeKey(key, Date.now()))
    else say(`${done} ${id}. Every running server follows within a second.`)
  }
