import {
  type By,
  describeKey,
  disableKey,
  enableKey,
  type KeyChange,
  KeyError,
  type Rate,
  revokeKey,
  type StoredKey,
  setKey,
} from '@dsapi/auth'
import type { Database } from '@dsapi/db'
import { withOwnDatabase } from '../../database/with-database.ts'
import { cliActor } from '../../terminal/cli-actor.ts'
import { CliError } from '../../terminal/cli-error.ts'
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

/** `false`: the limit is to end. */
type SetOptions = Json &
  Pick<KeyChange, 'name' | 'note' | 'scopes'> & {
    readonly models?: readonly string[] | false
    readonly rate?: Rate | false
    readonly quota?: number | false
    /** Milliseconds from now. */
    readonly expires?: number | false
  }

const orNull = <T>(value: T | false | undefined): T | null | undefined =>
  value === false ? null : value

/** @throws CliError when no option names a change */
export const set = async (
  id: string,
  { json, models, rate, quota, expires, ...texts }: SetOptions,
): Promise<void> => {
  const by = cliActor()
  const limits = { models: orNull(models), rate: orNull(rate), dailyQuota: orNull(quota) }
  const expiresAt = expires === undefined || expires === false ? expires : by.now + expires
  const change = { ...texts, ...limits, expiresAt: orNull(expiresAt) }
  if (Object.values(change).every((value) => value === undefined)) {
    throw new CliError('Nothing is to be changed. Name an option, such as --rate 100/s.')
  }
  const key = await withOwnDatabase((db) => setKey(db, id, change, by).catch(explainScopes))
  if (json) printJson(describeKey(key, Date.now()))
  else say(`Changed ${id}. Running servers apply the change within a second.`)
}

const explainScopes = (error: unknown): never => {
  if (!(error instanceof KeyError) || error.code !== 'more_scopes') throw error
  throw new CliError(`--scopes ${error.message}`)
}
