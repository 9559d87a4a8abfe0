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
import { loadConfig } from '@dsapi/config'
import type { Database } from '@dsapi/db'
import { problemOfUrl, readAllowedHosts } from '@dsapi/webhooks'
import { withDatabase, withOwnDatabase } from '../../database/with-database.ts'
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
    readonly maxJobs?: number | false
    /** Milliseconds from now. */
    readonly expires?: number | false
    readonly webhookUrl?: string | false
  }

const orNull = <T>(value: T | false | undefined): T | null | undefined =>
  value === false ? null : value

/** @throws CliError when no option names a change */
export const set = async (
  id: string,
  { json, models, rate, quota, maxJobs, expires, webhookUrl, ...texts }: SetOptions,
): Promise<void> => {
  const by = cliActor()
  const limits = {
    models: orNull(models),
    rate: orNull(rate),
    dailyQuota: orNull(quota),
    maxJobs: orNull(maxJobs),
  }
  const expiresAt = expires === undefined || expires === false ? expires : by.now + expires
  const { database, webhookHosts } = loadConfig()
  refuseUrl(webhookUrl, webhookHosts)
  const webhook = { webhookUrl: orNull(webhookUrl) }
  const change = { ...texts, ...limits, ...webhook, expiresAt: orNull(expiresAt) }
  if (Object.values(change).every((value) => value === undefined)) {
    throw new CliError('Nothing is to be changed. Name an option, such as --rate 100/s.')
  }
  const key = await withDatabase(database, (db) => setKey(db, id, change, by).catch(explainOption))
  if (json) printJson(describeKey(key, Date.now()))
  else say(`Changed ${id}. Running servers apply the change within a second.`)
}

/** @throws CliError for a URL to which nothing may be sent */
const refuseUrl = (url: string | false | undefined, hosts: readonly string[]) => {
  if (typeof url !== 'string') return
  const problem = problemOfUrl(url, readAllowedHosts(hosts))
  if (problem !== undefined) throw new CliError(`--webhook-url ${problem}`)
}

/** The option that an error is about. */
const options: Readonly<Partial<Record<KeyError['code'], string>>> = {
  more_scopes: '--scopes',
  no_webhook_secret: '--webhook-url',
}

const explainOption = (error: unknown): never => {
  const option = error instanceof KeyError ? options[error.code] : undefined
  if (!(error instanceof KeyError) || option === undefined) throw error
  throw new CliError(`${option} ${error.message}`)
}
