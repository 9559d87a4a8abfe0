import { createKey, describeKey, type MadeKey, type Rate, rotateKey, type Scope } from '@dsapi/auth'
import { withOwnDatabase } from '../../database/with-database.ts'
import { cliActor } from '../../terminal/cli-actor.ts'
import { formatInstant, type Json, print, printJson, say } from '../../terminal/output.ts'

type CreateOptions = Json & {
  readonly name: string
  readonly note?: string
  readonly scopes?: readonly Scope[]
  readonly models?: readonly string[]
  readonly rate?: Rate
  readonly quota?: number
  readonly maxJobs?: number
  readonly expires?: number
}

export const create = async ({
  json,
  quota,
  expires,
  ...options
}: CreateOptions): Promise<void> => {
  const by = cliActor()
  const expiresAt = expires && by.now + expires
  const made = await withOwnDatabase((db) =>
    createKey(db, { ...options, dailyQuota: quota, expiresAt }, by),
  )
  printMade(made, json)
}

type RotateOptions = Json & { readonly grace: number }

export const rotate = async (id: string, { grace, json }: RotateOptions): Promise<void> => {
  const made = await withOwnDatabase((db) => rotateKey(db, id, grace, cliActor()))
  printMade(made, json)
  say(`The old key is valid until ${formatInstant(made.replaced.expiresAt)}.`)
}

const printMade = ({ key, stored }: MadeKey, json: true | undefined) => {
  if (json) printJson({ ...describeKey(stored, Date.now()), key })
  else print(key)
  say(`The key is shown only this once. Its id is ${stored.id}.`)
}
