import { rotateWebhookSecret } from '@dsapi/auth'
import { withOwnDatabase } from '../../database/with-database.ts'
import { cliActor } from '../../terminal/cli-actor.ts'
import { formatInstant, type Json, print, printJson, say } from '../../terminal/output.ts'

export const secret = async (key: string, { json }: Json): Promise<void> => {
  const made = await withOwnDatabase((db) => rotateWebhookSecret(db, key, cliActor()))
  const { secret: text, previousUntil } = made
  const previous = previousUntil !== undefined && {
    previous_until: new Date(previousUntil).toISOString(),
  }
  if (json) printJson({ secret: text, ...previous })
  else print(text)
  say('The secret is shown only this once.')
  if (previousUntil !== undefined) {
    say(`Messages are also signed with the secret before until ${formatInstant(previousUntil)}.`)
  }
}
