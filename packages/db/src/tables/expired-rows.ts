import { type RawBuilder, sql } from 'kysely'
import { isPostgres, rowPlace } from '../connection/engine.ts'
import type { Database, Instant, Schema } from '../schema.ts'

type Rows = {
  readonly table: keyof Schema
  /** How messages name a row: an expression that is a text. */
  readonly name: RawBuilder<string>
  /** The column of an index, by which the oldest rows are found without those before it. */
  readonly order: string
  readonly isExpired: (before: Instant) => RawBuilder<boolean>
}

const dayMs = 86_400_000
const minuteMs = 60_000

/** The oldest rows of an audit, as its ids grow with time. The newest stays: its id shows that something changed. */
const oldAudit = (table: 'audit' | 'model_audit'): Rows => ({
  table,
  name: sql`cast(id as text)`,
  order: 'id',
  isExpired: (before) => sql`at < ${before}
    and id in (select id from ${sql.table(table)} order by id limit 500)
    and id < (select max(id) from ${sql.table(table)})`,
})

/** Rows that are deleted for their age alone, by the kind that names them. */
const expiredRows = {
  jobs: {
    table: 'jobs',
    name: sql`id`,
    order: 'finished_at',
    isExpired: (before) => sql`finished_at is not null and finished_at < ${before}`,
  },
  // Chunks come before their job, which is written when the last of them is there.
  uploads: {
    table: 'job_chunks',
    name: sql`job_id`,
    order: 'created_at',
    isExpired: (before) => sql`created_at < ${before}
      and not exists (select 1 from jobs where jobs.id = job_chunks.job_id)`,
  },
  predictions: {
    table: 'predictions',
    name: sql`cast(id as text)`,
    order: 'at',
    isExpired: (before) => sql`at < ${before}`,
  },
  traffic: {
    table: 'traffic',
    name: sql`cast(minute as text)`,
    order: 'minute',
    isExpired: (before) => sql`minute < ${Math.floor(before / minuteMs)}`,
  },
  usage: {
    table: 'key_usage',
    name: sql`key_id`,
    order: 'day',
    isExpired: (before) => sql`day < ${Math.floor(before / dayMs)}`,
  },
  quotas: {
    table: 'usage',
    name: sql`owner_id`,
    order: 'day',
    isExpired: (before) => sql`day < ${Math.floor(before / dayMs)}`,
  },
  audit: oldAudit('audit'),
  model_audit: oldAudit('model_audit'),
  webhooks: {
    table: 'webhook_deliveries',
    name: sql`id`,
    order: 'finished_at',
    isExpired: (before) => sql`finished_at is not null and finished_at < ${before}`,
  },
  sessions: {
    table: 'console_sessions',
    name: sql`id`,
    order: 'expires_at',
    isExpired: (before) => sql`expires_at < ${before}`,
  },
  codes: {
    table: 'console_codes',
    name: sql`substr(sha256, 1, 12)`,
    order: 'expires_at',
    isExpired: (before) => sql`expires_at < ${before}`,
  },
} as const satisfies Record<string, Rows>

export type ExpiredRows = keyof typeof expiredRows

type Expired = { readonly before: Instant; readonly limit: number }

/** Deletes rows of a kind from before an instant, at most `limit`, the oldest first. Returns how many. */
export const deleteExpired = async (
  db: Database,
  kind: ExpiredRows,
  { before, limit }: Expired,
): Promise<number> => {
  const { table, order, isExpired } = expiredRows[kind]
  const place = rowPlace(db)
  const places = sql`select ${place} from ${sql.table(table)} where ${isExpired(before)}
    order by ${sql.ref(order)} limit ${limit}`
  const chosen = isPostgres(db) ? sql`= any(array(${places}))` : sql`in (${places})`
  const { numAffectedRows = 0n } =
    await sql`delete from ${sql.table(table)} where ${place} ${chosen}`.execute(db)
  return Number(numAffectedRows)
}

/** Names rows of a kind from before an instant, the oldest first. */
export const listExpired = async (
  db: Database,
  kind: ExpiredRows,
  { before, limit }: Expired,
): Promise<string[]> => {
  const { table, name, order, isExpired } = expiredRows[kind]
  const { rows } = await sql<{ name: string }>`
    select ${name} as name from ${sql.table(table)} where ${isExpired(before)}
    order by ${sql.ref(order)} limit ${limit}`.execute(db)
  return rows.map((row) => row.name)
}
