import { sql } from 'kysely'
import type { Database, Instant, WebhookState } from '../schema.ts'
import type { WebhookDeliveryRow } from './webhook-deliveries.ts'

export type DeliveryPlace = { readonly createdAt: Instant; readonly id: string }

export const findDelivery = (db: Database, id: string): Promise<WebhookDeliveryRow | undefined> =>
  db.selectFrom('webhook_deliveries').selectAll().where('id', '=', id).executeTakeFirst()

/** The deliveries of a job, the oldest first. */
export const listDeliveriesOfJob = (db: Database, jobId: string): Promise<WebhookDeliveryRow[]> =>
  db
    .selectFrom('webhook_deliveries')
    .selectAll()
    .where('job_id', '=', jobId)
    .orderBy('created_at')
    .orderBy('id')
    .execute()

/** Deliveries, the newest first; of one owner or of all. */
export const listDeliveries = (
  db: Database,
  options: {
    readonly ownerId?: string | undefined
    readonly state?: WebhookState | undefined
    readonly before?: DeliveryPlace | undefined
    readonly limit: number
  },
): Promise<WebhookDeliveryRow[]> => {
  const { ownerId, state, before, limit } = options
  return db
    .selectFrom('webhook_deliveries')
    .selectAll()
    .$if(ownerId !== undefined, (query) => query.where('owner_id', '=', ownerId ?? ''))
    .$if(state !== undefined, (query) => query.where('state', '=', state ?? 'pending'))
    .$if(before !== undefined, (query) =>
      query.where(sql<boolean>`(created_at, id) < (${before?.createdAt}, ${before?.id})`),
    )
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
}

export type FinishedDelivery = Pick<WebhookDeliveryRow, 'id' | 'state' | 'finished_at'>

/** Deliveries in the order in which they were finished, from one on. */
export const listFinishedDeliveries = (
  db: Database,
  options: {
    readonly after: { readonly finishedAt: Instant; readonly id: string }
    readonly until: Instant
    readonly limit: number
  },
): Promise<FinishedDelivery[]> => {
  const { after, until, limit } = options
  return db
    .selectFrom('webhook_deliveries')
    .select(['id', 'state', 'finished_at'])
    .where('finished_at', 'is not', null)
    .where('finished_at', '>=', after.finishedAt)
    .where((eb) => eb(eb.refTuple('finished_at', 'id'), '>', eb.tuple(after.finishedAt, after.id)))
    .where('finished_at', '<=', until)
    .orderBy('finished_at')
    .orderBy('id')
    .limit(limit)
    .execute()
}

/** How many deliveries wait for an attempt. */
export const countPendingDeliveries = async (db: Database): Promise<number> => {
  const { count } = await db
    .selectFrom('webhook_deliveries')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where(sql<boolean>`state = 'pending'`)
    .executeTakeFirstOrThrow()
  return count
}
