import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import { setTimeout } from 'node:timers/promises'
import { countPendingDeliveries, type Database } from '@dsapi/db'
import { type JobEnd, patiently } from '../ledger.ts'

/** A server that keeps the ends of jobs that webhooks report to it. */
export type WebhookReceiver = {
  readonly url: string
  /** The ends so far. */
  readonly received: () => readonly JobEnd[]
  readonly stop: () => Promise<void>
}

type Message = { readonly data: JobEnd }

export const startReceiver = async (host: string): Promise<WebhookReceiver> => {
  const received: JobEnd[] = []
  const server = createServer(async (request, response) => {
    const message = await json(request).catch(() => undefined) // Its sender was killed meanwhile.
    if (message !== undefined) {
      const { id, state } = (message as Message).data
      received.push({ id, state })
    }
    response.writeHead(204).end()
  })
  server.listen(0, host)
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://${host}:${port}/`,
    received: () => received,
    stop: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

/** The claim of a worker that was killed lasts for half a minute. */
const patienceMs = 90_000

/** Waits until no delivery waits for an attempt, but not for ever. */
export const deliveriesSent = async (db: Database): Promise<void> => {
  for (const deadline = Date.now() + patienceMs; Date.now() < deadline; await setTimeout(200)) {
    if ((await patiently(() => countPendingDeliveries(db))) === 0) return
  }
}
