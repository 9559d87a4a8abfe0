import { setTimeout } from 'node:timers/promises'
import { getKey, hasWebhookSecret } from '@dsapi/auth'
import { loadConfig } from '@dsapi/config'
import type { Database } from '@dsapi/db'
import {
  type DeliveryDescription,
  getDelivery,
  problemOfUrl,
  readAllowedHosts,
  sendTest,
} from '@dsapi/webhooks'
import { withDatabase } from '../../database/with-database.ts'
import { CliError } from '../../terminal/cli-error.ts'
import { type Json, printJson, say } from '../../terminal/output.ts'

type TestOptions = Json & { readonly url?: string }

/** An attempt takes up to 15 seconds. */
const patienceMs = 20_000
const pauseMs = 200

/** @throws CliError when the message cannot be sent, or was not accepted */
export const test = async (keyId: string, { json, url }: TestOptions): Promise<void> => {
  const { database, webhookHosts } = loadConfig()
  const delivery = await withDatabase(database, async (db) => {
    const key = await getKey(db, keyId)
    const to = url ?? key.webhookUrl
    if (to === null) throw new CliError('The key has no webhook URL. Name one with --url.')
    const problem = problemOfUrl(to, readAllowedHosts(webhookHosts))
    if (problem !== undefined) throw new CliError(`The URL ${problem}.`)
    if (!(await hasWebhookSecret(db, key.ownerId, Date.now()))) {
      throw new CliError(
        `The key has no webhook secret. Create one: dsapi webhooks secret ${key.id}`,
      )
    }
    return finished(db, await sendTest(db, { ownerId: key.ownerId, url: to }))
  })
  if (json) printJson(delivery)
  if (delivery.state === 'pending') throw notSent()
  if (delivery.state === 'failed') throw new CliError(`Not delivered: ${delivery.last_error}.`)
  if (!json) say(`Delivered. The server answered with the status ${delivery.last_status}.`)
}

const notSent = () =>
  new CliError(
    'No worker has sent the message within 20 seconds. Start one with dsapi worker, then look with dsapi webhooks list.',
  )

/** The delivery after its only attempt; as it is, when nobody makes one. */
const finished = async (db: Database, test: DeliveryDescription): Promise<DeliveryDescription> => {
  const deadline = performance.now() + patienceMs
  let now: DeliveryDescription | undefined = test
  while (now?.state === 'pending' && performance.now() < deadline) {
    await setTimeout(pauseMs)
    now = await getDelivery(db, test.id)
  }
  return now ?? test
}
