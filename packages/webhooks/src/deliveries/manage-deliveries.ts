import { randomUUIDv7 } from 'node:crypto'
import {
  type Database,
  type DeliveryPlace,
  findDelivery,
  insertWebhookDelivery,
  inTransaction,
  listDeliveriesOfJob,
  listDeliveries as listRows,
  restartDelivery,
  type WebhookDeliveryRow,
  type WebhookState,
} from '@dsapi/db'
import { type DeliveryDescription, describeDelivery } from './delivery.ts'
import { tryForMs } from './schedule.ts'

type Page = {
  readonly deliveries: readonly DeliveryDescription[]
  readonly nextCursor: string | undefined
}

type ListOptions = {
  /** Without it, of all owners. */
  readonly ownerId?: string | undefined
  readonly state?: WebhookState | undefined
  /** The `nextCursor` of the page before. */
  readonly cursor?: string | undefined
  readonly limit: number
}

const cursorForm = /^(\d{1,15})\.([0-9a-f-]{36})$/

const writeCursor = ({ created_at, id }: WebhookDeliveryRow) => `${created_at}.${id}`

const readCursor = (text: string): DeliveryPlace | undefined => {
  const [, createdAt, id] = cursorForm.exec(text) ?? []
  return id === undefined ? undefined : { createdAt: Number(createdAt), id }
}

/** A page of deliveries, the newest first. Undefined for an invalid cursor. */
export const listDeliveries = async (
  db: Database,
  { cursor, limit, ...filter }: ListOptions,
): Promise<Page | undefined> => {
  const before = cursor === undefined ? undefined : readCursor(cursor)
  if (cursor !== undefined && before === undefined) return undefined
  // One more shows whether there is another page.
  const rows = await listRows(db, { ...filter, before, limit: limit + 1 })
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return {
    deliveries: page.map(describeDelivery),
    nextCursor: rows.length > limit && last !== undefined ? writeCursor(last) : undefined,
  }
}

/** The deliveries of a job, the oldest first. */
export const deliveriesOf = async (
  db: Database,
  jobId: string,
): Promise<readonly DeliveryDescription[]> =>
  (await listDeliveriesOfJob(db, jobId)).map(describeDelivery)

const idForm = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

export const getDelivery = async (
  db: Database,
  id: string,
): Promise<DeliveryDescription | undefined> => {
  const row = idForm.test(id) ? await findDelivery(db, id) : undefined
  return row && describeDelivery(row)
}

/**
 * Has a message sent again at once, and tried again for a day, whatever came of it.
 *
 * @param ownerId whose it must be; without it, anyone's
 * @returns undefined when there is no such delivery
 */
export const redeliver = async (
  db: Database,
  id: string,
  ownerId: string | undefined,
): Promise<DeliveryDescription | undefined> => {
  if (!idForm.test(id)) return undefined
  const now = Date.now()
  const row = await inTransaction(db, (transaction) =>
    restartDelivery(transaction, { id, ownerId, now, giveUpAt: now + tryForMs }),
  )
  return row && describeDelivery(row)
}

/** Sends a message of the type `webhook.test` to a URL of an owner. Returns its id. */
export const sendTest = async (
  db: Database,
  { ownerId, url }: { readonly ownerId: string; readonly url: string },
): Promise<DeliveryDescription> => {
  const id = randomUUIDv7()
  const now = Date.now()
  const type = 'webhook.test'
  const body = JSON.stringify({ type, timestamp: new Date(now).toISOString(), data: {} })
  const row = { id, owner_id: ownerId, job_id: null, type, url, body }
  return inTransaction(db, async (transaction) => {
    // A test shows what is wrong now. It is tried once.
    await insertWebhookDelivery(transaction, row, { now, giveUpAt: now })
    const written = await findDelivery(transaction, id)
    if (written === undefined) throw new Error(`The test ${id} was not written`)
    return describeDelivery(written)
  })
}
