import { findOwner } from '@dsapi/auth'
import type { WebhookState } from '@dsapi/db'
import { type DeliveryDescription, listDeliveries } from '@dsapi/webhooks'
import { withOwnDatabase } from '../../database/with-database.ts'
import { type Json, print, printJson, say, table } from '../../terminal/output.ts'

type ListOptions = Json & {
  readonly key?: string
  readonly state?: WebhookState
  readonly limit: number
}

const atSecond = (instant: string | null) =>
  instant === null ? '-' : `${instant.slice(0, 19).replace('T', ' ')}Z`

const rowOf = (delivery: DeliveryDescription) => [
  ...[delivery.id, delivery.type, delivery.state, String(delivery.attempts)],
  ...[atSecond(delivery.created_at), atSecond(delivery.next_attempt_at), delivery.url],
  delivery.last_error ?? '',
]

export const list = async ({ json, key, state, limit }: ListOptions): Promise<void> => {
  const deliveries = await withOwnDatabase(async (db) => {
    const ownerId = key && (await findOwner(db, key))
    return (await listDeliveries(db, { ownerId, state, limit }))?.deliveries ?? []
  })
  if (json) printJson(deliveries)
  else if (deliveries.length === 0) say('There are no such deliveries.')
  else
    print(
      table(
        ['ID', 'TYPE', 'STATE', 'ATTEMPTS', 'CREATED', 'NEXT ATTEMPT', 'URL', ''],
        deliveries.map(rowOf),
      ),
    )
}
