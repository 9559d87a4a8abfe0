import { type RawBuilder, type SelectQueryBuilder, type SqlBool, sql } from 'kysely'
import { unindexed } from '../connection/engine.ts'
import type { JobState } from '../job-states.ts'
import type { Database, Instant, Schema } from '../schema.ts'
import { isEnded } from './job-counts.ts'
import type { JobRow } from './jobs.ts'

/** Which jobs a list has. A filter that is undefined leaves none out. */
export type JobFilter = {
  /** The owner. */
  readonly keyId?: string | undefined
  readonly state?: JobState | undefined
  readonly kind?: string | undefined
  readonly modelName?: string | undefined
  /** Created at this instant or later. */
  readonly since?: Instant | undefined
  /** Created before this instant. */
  readonly until?: Instant | undefined
  /** The first characters of their ids, in lower case. */
  readonly idPrefix?: string | undefined
}

type Place = { readonly createdAt: Instant; readonly id: string }

export type JobRowPage = {
  readonly rows: readonly JobRow[]
  /** Where to go on; undefined at the end. */
  readonly next: Place | undefined
}

type Condition = RawBuilder<SqlBool>

/** How a list is read: by an index, on conditions that the index has, and on others. */
type Plan = {
  readonly indexed: readonly Condition[]
  readonly others: readonly Condition[]
  readonly order: 'by id' | 'by time' | 'sorted'
}

/**
 * How many entries of its index a page looks at. Of the conditions that the index does not have, few entries may meet all.
 * Such a page has fewer jobs than it may have, and a place to go on.
 */
const mostVisited = 5000

/** A page of jobs, the newest first. Those with a prefix are in the order of their ids, which begin with the time. */
export const listJobRows = async (
  db: Database,
  options: JobFilter & { readonly before: Place | undefined; readonly limit: number },
): Promise<JobRowPage> => {
  const { before, limit } = options
  const plan = planOf(db, options)
  const jobs = db.selectFrom('jobs').selectAll()
  const visited = inOrder(db, plan, meeting([...plan.indexed, ...after(db, plan, before)], jobs))
  const isBounded = plan.others.length > 0
  const found = isBounded
    ? inOrder(db, plan, meeting(plan.others, among(db, visited.limit(mostVisited))))
    : visited
  const rows = await found.limit(limit + 1).execute()
  const page = rows.slice(0, limit)
  if (rows.length > limit) return { rows: page, next: placeOf(page.at(-1)) }
  const last = isBounded
    ? await visited
        .offset(mostVisited - 1)
        .limit(1)
        .execute()
    : []
  return { rows: page, next: placeOf(last.at(0)) }
}

type Jobs = SelectQueryBuilder<Schema, 'jobs', JobRow>

const among = (db: Database, visited: Jobs): Jobs => db.selectFrom(visited.as('jobs')).selectAll()

const meeting = (conditions: readonly Condition[], jobs: Jobs): Jobs =>
  conditions.reduce((query, condition) => query.where(condition), jobs)

const after = (db: Database, plan: Plan, before: Place | undefined): readonly Condition[] => {
  if (before === undefined) return []
  const { createdAt, id } = before
  return plan.order === 'by id'
    ? [sql`id < ${id}`]
    : [sql`(${timeIn(db, plan)}, id) < (${createdAt}, ${id})`]
}

const timeIn = (db: Database, { order }: Plan) =>
  order === 'sorted' ? unindexed<Instant>(db, 'created_at') : sql.ref<Instant>('created_at')

const inOrder = (db: Database, plan: Plan, jobs: Jobs): Jobs =>
  plan.order === 'by id'
    ? jobs.orderBy('id', 'desc')
    : jobs.orderBy(timeIn(db, plan), 'desc').orderBy('id', 'desc')

const placeOf = (row: JobRow | undefined): Place | undefined =>
  row && { createdAt: row.created_at, id: row.id }

/** One filter chooses the index. Indexes of kinds and models leave out the usual ones. */
const planOf = (db: Database, filter: JobFilter): Plan => {
  const { keyId, state, kind, modelName, since, until, idPrefix } = filter
  const isLive = state === 'queued' || state === 'running'
  // Live ones are few, and in an index of their own: SQLite shall not walk over all that there ever were, for the sake of
  // their key or their order.
  const column = (name: string) => (isLive ? unindexed<unknown>(db, name) : sql.ref(name))
  const when = <T>(value: T | undefined, condition: (value: T) => Condition) =>
    value === undefined ? [] : [condition(value)]

  const owner = when(keyId, (value) => sql`${column('key_id')} = ${value}`)
  const ofState = when(state, (value) => sql`state = ${sql.lit(value)}`)
  const ofKind = when(kind, (value) => sql`${column('kind')} = ${value}`)
  const ofModel = when(modelName, (value) => sql`${column('model_name')} = ${value}`)
  const time = [
    ...when(since, (value) => sql<SqlBool>`${column('created_at')} >= ${value}`),
    ...when(until, (value) => sql<SqlBool>`${column('created_at')} < ${value}`),
  ]
  if (idPrefix !== undefined) {
    // A 'g' comes after all characters of an id.
    const range = [sql<SqlBool>`id >= ${idPrefix}`, sql<SqlBool>`id < ${`${idPrefix}g`}`]
    const others = [...owner, ...ofState, ...ofKind, ...ofModel, ...time]
    return { indexed: range, others, order: 'by id' }
  }
  const rest = [...ofKind, ...ofModel]
  if (isLive) {
    return { indexed: [...ofState, ...owner, ...rest, ...time], others: [], order: 'sorted' }
  }
  const byTime = (indexed: readonly Condition[], others: readonly Condition[]): Plan => ({
    ...{ indexed: [...indexed, ...time], others, order: 'by time' },
  })
  const ended = state === undefined ? [] : [...ofState, isEnded]
  if (keyId !== undefined || state !== undefined) return byTime([...owner, ...ended], rest)
  if (modelName !== undefined && modelName !== 'default') {
    return byTime([...ofModel, sql`model_name <> 'default'`], ofKind)
  }
  if (kind !== undefined && kind !== 'slow-prediction') {
    return byTime([...ofKind, sql`kind <> 'slow-prediction'`], ofModel)
  }
  return byTime([], rest)
}
