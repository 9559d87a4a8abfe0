import { redeliver as again } from '@dsapi/webhooks'
import { withOwnDatabase } from '../../database/with-database.ts'
import { CliError } from '../../terminal/cli-error.ts'
import { type Json, printJson, say } from '../../terminal/output.ts'

/** @throws CliError when there is no such delivery */
export const redeliver = async (id: string, { json }: Json): Promise<void> => {
  const delivery = await withOwnDatabase((db) => again(db, id, undefined))
  if (delivery === undefined) throw new CliError('There is no delivery with this id.')
  if (json) printJson(delivery)
  else say(`The delivery ${id} is pending. A running worker sends it within a second.`)
}
