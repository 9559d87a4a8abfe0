import { type Database, every, type OnError } from '@dsapi/db'
import type { RetentionDays } from './retention-kind.ts'
import { runRetention } from './run-retention.ts'

type RetentionOptions = {
  readonly days: RetentionDays
  /** Called for each kind of which rows were deleted. */
  readonly onDeleted: (kind: string, rows: number) => void
  readonly onError: OnError
}

const lookMs = 60_000

/**
 * Deletes each kind of data after its time, now and each minute. All processes over a database have this timer. One of them
 * gets each kind in each period, by the clock of the database. Returns what ends it.
 */
export const startRetention = (
  db: Database,
  { days, onDeleted, onError }: RetentionOptions,
): (() => Promise<void>) => {
  const stopping = new AbortController()
  const run = async () => {
    for (const [kind, rows] of await runRetention(db, days, stopping.signal)) onDeleted(kind, rows)
  }
  const loop = every(lookMs, run, onError)
  loop.wake()
  return () => {
    stopping.abort()
    return loop.stop()
  }
}
