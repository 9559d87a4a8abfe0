import { type SqlBool, sql } from 'kysely'
import type { Database } from '../schema.ts'
import type { AuditRow } from './audit.ts'
import type { ModelAuditRow } from './model-audit.ts'
import { storableText } from './storable-text.ts'

/** An entry, and the kind of its target. Ids are counted for each kind. */
export type AuditListRow =
  | ({ readonly of: 'key' } & AuditRow)
  | ({ readonly of: 'model' } & ModelAuditRow)

/** The place of an entry in a list. */
export type AuditPlace = Pick<AuditListRow, 'of' | 'at' | 'id'>

/** What an entry is about. Sessions of the web console are in the table of keys. */
export type AuditKind = 'key' | 'session' | 'model'

export type AuditFilter = {
  readonly kind?: AuditKind | undefined
  readonly actor?: string | undefined
  readonly action?: string | undefined
  /** The id of a key, or the name of a model. */
  readonly target?: string | undefined
  /** Not before this instant. */
  readonly since?: number | undefined
  /** Before this instant. */
  readonly until?: number | undefined
}

type Options = AuditFilter & { readonly before?: AuditPlace; readonly limit: number }

/**
 * What was done to keys, with their sessions, and to models: the newest first. It reads at most `limit` rows of each
 * table.
 *
 * @param options.before only entries that follow this place
 */
export const listAuditEntries = async (db: Database, options: Options): Promise<AuditListRow[]> => {
  const { kind } = options
  const keys = kind === 'model' ? [] : await keyRows(db, options)
  const models = kind === undefined || kind === 'model' ? await modelRows(db, options) : []
  return [
    ...keys.map((row) => ({ of: 'key' as const, ...row })),
    ...models.map((row) => ({ of: 'model' as const, ...row })),
  ]
    .sort(byPlace)
    .slice(0, options.limit)
}

const keyRows = (db: Database, options: Options) =>
  db
    .selectFrom('audit')
    .selectAll()
    .where((eb) => eb.and(conditions('key', options)))
    .$if(options.target !== undefined, (query) =>
      query.where('key_id', '=', storableText(options.target ?? '')),
    )
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(options.limit)
    .execute()

const modelRows = (db: Database, options: Options) =>
  db
    .selectFrom('model_audit')
    .selectAll()
    .where((eb) => eb.and(conditions('model', options)))
    .$if(options.target !== undefined, (query) =>
      query.where('name', '=', storableText(options.target ?? '')),
    )
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(options.limit)
    .execute()

/** Events of sessions are rare, and so are changes of keys: rows of the other kind are passed over in the order of time. */
const isOfSession = sql<SqlBool>`(action in ('sign_in', 'sign_out', 'session_ended'))`

/** At the same instant, models come before keys. */
const byPlace = (a: AuditPlace, b: AuditPlace) =>
  b.at - a.at || (a.of === b.of ? b.id - a.id : a.of === 'model' ? -1 : 1)

const conditions = (of: AuditPlace['of'], options: Options) => {
  const { kind, actor, action, since, until, before } = options
  const all = []
  if (kind === 'session') all.push(isOfSession)
  if (kind === 'key') all.push(sql<SqlBool>`not ${isOfSession}`)
  if (actor !== undefined) all.push(sql<SqlBool>`actor = ${storableText(actor)}`)
  if (action !== undefined) all.push(sql<SqlBool>`action = ${storableText(action)}`)
  if (since !== undefined) all.push(sql<SqlBool>`at >= ${since}`)
  if (until !== undefined) all.push(sql<SqlBool>`at < ${until}`)
  if (before !== undefined) all.push(follows(of, before))
  return all
}

const follows = (of: AuditPlace['of'], { of: last, at, id }: AuditPlace) => {
  if (of === last) return sql<SqlBool>`(at, id) < (${at}, ${id})`
  return of === 'key' ? sql<SqlBool>`at <= ${at}` : sql<SqlBool>`at < ${at}`
}
