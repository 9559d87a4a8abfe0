import type { Database } from '@dsapi/db'
import {
  endCanary,
  endShadow,
  findModelSummary,
  type ModelSummary,
  rollBack,
  serveVersion,
} from '@dsapi/registry'
import { withOwnDatabase } from '../../../database/with-database.ts'
import { percent } from '../../../terminal/bar.ts'
import { cliActor } from '../../../terminal/cli-actor.ts'
import { CliError } from '../../../terminal/cli-error.ts'
import { type Json, printJson, say } from '../../../terminal/output.ts'
import { describeModel } from '../versions/describe-version.ts'
import { noModel } from '../versions/explain-missing.ts'
import { requireVersion } from '../versions/require-version.ts'
import { referenceOf } from '../versions/version-words.ts'

type Version = { readonly name: string; readonly version: number }

type ServeOptions = Json & {
  readonly canary?: number
  /** False ends the shadow. */
  readonly shadow?: boolean
}

export const serve = (version: Version, { json, ...how }: ServeOptions): Promise<void> =>
  withOwnDatabase(async (db) => {
    await requireVersion(db, version)
    const before = await requireModel(db, version.name)
    const says = await change(db, version, how, before)
    const after = await requireModel(db, version.name)
    if (json) printJson(describeModel(after))
    say(says)
  })

const change = async (
  db: Database,
  version: Version,
  { canary, shadow }: Omit<ServeOptions, 'json'>,
  before: ModelSummary,
): Promise<string> => {
  const reference = referenceOf(version)
  const options = { ...version, ...cliActor() }
  if (canary === 0) {
    await requireEnded(endCanary(db, options), `${reference} is no canary`)
    return `The canary ${reference} has ended. Version ${before.served} gets all requests.`
  }
  if (shadow === false) {
    await requireEnded(endShadow(db, options), `${reference} is no shadow`)
    return `The shadow ${reference} has ended.`
  }
  await serveVersion(db, { ...options, canary, shadow })
  if (canary !== undefined) {
    return `${reference} gets ${percent(canary)} of the requests, and version ${before.served} the others. To end that: dsapi model serve ${reference} --canary 0%`
  }
  if (shadow) {
    return `${reference} answers copies of requests, whose answers nobody gets. To end that: dsapi model serve ${reference} --no-shadow`
  }
  return before.served === version.version
    ? `${reference} was served already.`
    : `${reference} is served now, in the place of version ${before.served}. To go back: dsapi model rollback ${version.name}`
}

const requireEnded = async (ended: Promise<boolean>, message: string) => {
  if (!(await ended)) throw new CliError(`${message}, so there is nothing to end`)
}

const requireModel = async (db: Database, name: string): Promise<ModelSummary> => {
  const model = await findModelSummary(db, name)
  if (model === undefined) throw await noModel(db, name)
  return model
}

export const rollback = (name: string, { json }: Json): Promise<void> =>
  withOwnDatabase(async (db) => {
    const before = await requireModel(db, name)
    const after = await rollBack(db, { name, ...cliActor() })
    if (json) printJson(describeModel(after))
    say(`${name}@${after.served} is served again, in the place of version ${before.served}.`)
  })
