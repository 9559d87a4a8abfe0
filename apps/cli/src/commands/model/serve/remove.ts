import { removeVersion } from '@dsapi/registry'
import { withOwnDatabase } from '../../../database/with-database.ts'
import { cliActor } from '../../../terminal/cli-actor.ts'
import { type Json, printJson, say } from '../../../terminal/output.ts'
import { describeVersion } from '../versions/describe-version.ts'
import { requireVersion } from '../versions/require-version.ts'
import { referenceOf } from '../versions/version-words.ts'

export const remove = (
  version: { readonly name: string; readonly version: number },
  { json }: Json,
): Promise<void> =>
  withOwnDatabase(async (db) => {
    const removed = await requireVersion(db, version)
    await removeVersion(db, { ...version, ...cliActor() })
    if (json) printJson(describeVersion(removed))
    say(`Removed ${referenceOf(version)}.`)
  })
