import { type Database, databaseTime } from '@dsapi/db'
import { retentionKinds } from './kinds.ts'
import type { RetentionDays } from './retention-kind.ts'

/** A kind of data of which some should have been deleted. */
export type OverdueKind = {
  readonly kind: string
  readonly deletes: string
  /** How many there are, up to 10,000. */
  readonly count: number
  /** The first of them, at most as many as were asked for. */
  readonly names: readonly string[]
}

const dayMs = 86_400_000
/** Rows that expire while they are counted, and a large backlog, are no fault. */
const patienceMs = 3_600_000
const mostCounted = 10_000

/** Finds what should have been deleted more than an hour ago. */
export const findExpired = async (
  db: Database,
  { days, limit }: { readonly days: RetentionDays; readonly limit: number },
): Promise<readonly OverdueKind[]> => {
  const now = await databaseTime(db)
  const overdue: OverdueKind[] = []
  for (const { name: kind, deletes, keepDays, everyMs, find } of retentionKinds) {
    const kept = keepDays(days)
    if (kept === undefined) continue
    const before = now - Math.round(kept * dayMs) - 2 * everyMs - patienceMs
    const found = await find(db, { before, limit: mostCounted })
    const counted = { count: found.length, names: found.slice(0, limit) }
    if (found.length > 0) overdue.push({ kind, deletes, ...counted })
  }
  return overdue
}
