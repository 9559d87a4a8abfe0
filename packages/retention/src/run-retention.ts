import { setTimeout } from 'node:timers/promises'
import {
  claimRetention,
  countDeleted,
  type Database,
  databaseTime,
  groupCommit,
  inTransaction,
  listRetention,
  tryAdvisoryLock,
} from '@dsapi/db'
import { retentionKinds } from './kinds.ts'
import type { DeletedSome, RetentionDays, RetentionKind } from './retention-kind.ts'

const dayMs = 86_400_000
/** Between two commits, for other writers. */
const pauseMs = 10
/** How many commits a kind takes before the next kind has its turn. */
const commitsAtOnce = 20

type Due = { readonly kind: RetentionKind; readonly before: number; rows: number }

/**
 * Deletes each kind of data after its time, if it is due and no other process over the database has it in this period.
 * Returns how many rows of each kind were deleted, also when it was aborted.
 */
export const runRetention = async (
  db: Database,
  days: RetentionDays,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, number>> => {
  const all = await claimDue(db, days)
  let due = all
  while (due.length > 0 && !signal.aborted) {
    const unfinished: Due[] = []
    for (const one of due) if (await deleteFor(db, one, signal)) unfinished.push(one)
    due = unfinished
  }
  return new Map(all.filter(({ rows }) => rows > 0).map(({ kind, rows }) => [kind.name, rows]))
}

/** Claims the kinds that are due. A read is cheap, while a claim takes a lock. */
const claimDue = async (db: Database, days: RetentionDays): Promise<readonly Due[]> => {
  const now = await databaseTime(db)
  const ranAt = new Map((await listRetention(db)).map((row) => [row.kind, row.ran_at]))
  const due = retentionKinds.flatMap((kind) => {
    const keepDays = kind.keepDays(days)
    const age = Math.abs(now - (ranAt.get(kind.name) ?? 0))
    return keepDays === undefined || age < kind.everyMs
      ? []
      : [{ kind, before: now - Math.round(keepDays * dayMs), rows: 0 }]
  })
  if (due.length === 0) return []
  return inTransaction(db, async (transaction) => {
    const claimed: Due[] = []
    for (const one of due) {
      const { name, everyMs } = one.kind
      if (await claimRetention(transaction, { kind: name, now, everyMs })) claimed.push(one)
    }
    return claimed
  })
}

/** Deletes in some commits. Returns whether there is more to delete. */
const deleteFor = async (db: Database, due: Due, signal: AbortSignal): Promise<boolean> => {
  let isMore = true
  for (let commits = 0; isMore && !signal.aborted && commits < commitsAtOnce; commits++) {
    const some = await deleteSome(db, due)
    due.rows += some.deleted
    isMore = some.isMore
    if (isMore) await setTimeout(pauseMs)
  }
  return isMore
}

const deleteSome = (db: Database, { kind, before }: Due): Promise<DeletedSome> =>
  groupCommit(db, async (transaction) => {
    // Another process is still at a long backlog.
    if (!(await tryAdvisoryLock(transaction, 'tidy'))) return { deleted: 0, isMore: false }
    const now = await databaseTime(transaction)
    const some = await kind.deleteSome(transaction, { before, limit: kind.limit, now })
    const { deleted } = some
    if (deleted > 0) await countDeleted(transaction, { kind: kind.name, now, deleted })
    return some
  })
