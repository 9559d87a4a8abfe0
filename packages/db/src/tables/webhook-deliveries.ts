import { type Selectable, sql } from 'kysely'
import { skipLocked } from '../connection/engine.ts'
import type { Database, Instant, WebhookDeliveriesTable } from '../schema.ts'
import { storableText } from './storable-text.ts'

export type WebhookDeliveryRow = Selectable<WebhookDeliveriesTable>

export type NewWebhookDelivery = Pick<
  WebhookDeliveryRow,
  'id' | 'owner_id' | 'job_id' | 'type' | 'url' | 'body'
>

const pending = sql<boolean>`state = 'pending'`

/** Writes a message that is to be sent at once. */
export const insertWebhookDelivery = async (
  db: Database,
  row: NewWebhookDelivery,
  { now, giveUpAt }: { readonly now: Instant; readonly giveUpAt: Instant },
): Promise<void> => {
  await db
    .insertInto('webhook_deliveries')
    .values({
      ...row,
      state: 'pending',
      attempts: 0,
      created_at: now,
      scheduled_at: now,
      next_attempt_at: now,
      give_up_at: giveUpAt,
    })
    .execute()
}

type Due = {
  readonly now: Instant
  readonly limit: number
  /** Owners whose deliveries are left out. */
  readonly busyOwners: readonly string[]
}

const due = (db: Database, { now, limit, busyOwners }: Due) =>
  db
    .selectFrom('webhook_deliveries')
    .select('id')
    .where(pending)
    .where('next_attempt_at', '<=', now)
    .$if(busyOwners.length > 0, (query) => query.where('owner_id', 'not in', busyOwners))
    .orderBy('next_attempt_at')
    .orderBy('id')
    .limit(limit)

/** Whether a claim would find something. */
export const hasDueDeliveries = async (
  db: Database,
  options: Omit<Due, 'limit'>,
): Promise<boolean> => (await due(db, { ...options, limit: 1 }).executeTakeFirst()) !== undefined

/** Claims the deliveries that have waited longest of those that are due. The claim is over at `until`: then the next one
 * finds them again. */
export const claimDeliveries = (
  db: Database,
  { until, ...options }: Due & { readonly until: Instant },
): Promise<WebhookDeliveryRow[]> =>
  db
    .with('due', () => skipLocked(db, due(db, options)))
    .updateTable('webhook_deliveries')
    .set(({ eb }) => ({
      attempts: eb('attempts', '+', 1),
      last_attempt_at: options.now,
      scheduled_at: options.now,
      next_attempt_at: until,
    }))
    .where('id', 'in', (eb) => eb.selectFrom('due').select('id'))
    .returningAll()
    .execute()

type Claim = Pick<WebhookDeliveryRow, 'id' | 'attempts'>

/** What came of an attempt. */
export type DeliveryOutcome = {
  readonly status: number | null
  readonly error: string | null
}

const update = (db: Database, { id, attempts }: Claim, { status, error }: DeliveryOutcome) =>
  db
    .updateTable('webhook_deliveries')
    .set({ last_status: status, last_error: error === null ? null : storableText(error) })
    .where('id', '=', id)
    .where('attempts', '=', attempts)
    .where(pending)

/** Ends a claimed delivery. It changes nothing when the claim was lost. */
export const finishDelivery = async (
  db: Database,
  claim: Claim,
  options: DeliveryOutcome & { readonly state: 'delivered' | 'failed'; readonly now: Instant },
): Promise<void> => {
  const { state, now } = options
  await update(db, claim, options).set({ state, finished_at: now }).execute()
}

/** Has a claimed delivery tried again. It changes nothing when the claim was lost. */
export const retryDelivery = async (
  db: Database,
  claim: Claim,
  options: DeliveryOutcome & { readonly nextAt: Instant; readonly now: Instant },
): Promise<void> => {
  const { nextAt, now } = options
  await update(db, claim, options).set({ scheduled_at: now, next_attempt_at: nextAt }).execute()
}

/** Has a delivery sent again, whatever came of it. Returns the row as it became; that of another owner is not found. */
export const restartDelivery = (
  db: Database,
  options: {
    readonly id: string
    readonly ownerId: string | undefined
    readonly now: Instant
    readonly giveUpAt: Instant
  },
): Promise<WebhookDeliveryRow | undefined> => {
  const { id, ownerId, now, giveUpAt } = options
  return db
    .updateTable('webhook_deliveries')
    .set({
      state: 'pending',
      scheduled_at: now,
      next_attempt_at: now,
      give_up_at: giveUpAt,
      finished_at: null,
    })
    .where('id', '=', id)
    .$if(ownerId !== undefined, (query) => query.where('owner_id', '=', ownerId ?? ''))
    .returningAll()
    .executeTakeFirst()
}

/** Makes deliveries due that wait for an instant which nobody meant, because a clock was set back. */
export const rescheduleDeliveries = async (
  db: Database,
  options: { readonly scheduledAfter: Instant; readonly now: Instant },
): Promise<void> => {
  await db
    .updateTable('webhook_deliveries')
    .set({ scheduled_at: options.now, next_attempt_at: options.now })
    .where(pending)
    .where('next_attempt_at', '>', options.now)
    .where('scheduled_at', '>', options.scheduledAfter)
    .execute()
}
