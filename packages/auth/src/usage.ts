import {
  addUsage,
  type Database,
  deleteUsageBefore,
  inTransaction,
  listUsage,
  touchApiKeys,
} from '@dsapi/db'
import type { Allowance } from './allowance.ts'
import type { StoredKey } from './stored-key.ts'

/** Counts what keys are used for, without making a request wait for the database. */
export type Usage = {
  /** Notes that a key is used now. */
  readonly note: (key: StoredKey, now: number) => void
  /** Takes one request from a key's day; undefined where it has no daily quota. */
  readonly takeFromDay: (key: StoredKey, now: number) => Allowance | undefined
  /** Writes down what is not written yet. */
  readonly flush: () => Promise<void>
  readonly stop: () => Promise<void>
}

/** Requests of an owner's keys on a day. */
type DayOfRequests = { readonly ownerId: string; readonly day: number; requests: number }

const flushEveryMs = 1000
const minuteMs = 60_000
const dayMs = 86_400_000

const byName = ([one]: readonly [string, unknown], [other]: readonly [string, unknown]) =>
  one < other ? -1 : 1

const dayOf = (now: number) => Math.floor(now / dayMs)
const nameOf = (day: number, ownerId: string) => `${day}/${ownerId}`

/**
 * Starts counting. What this process counts is exact; what others count is known a second later, so
 * together they may let through what arrives in a second above a quota.
 *
 * @param options.onError is told when the counts could not be written; they are written later
 */
export const trackUsage = async (
  db: Database,
  { onError }: { readonly onError: (error: unknown) => void },
): Promise<Usage> => {
  const lastUsed = new Map<string, number>()
  const unwrittenUses = new Map<string, number>()
  const unwritten = new Map<string, DayOfRequests>()
  /** What the database says that all processes together have counted. */
  const counted = new Map<string, number>()
  const startDay = dayOf(Date.now())
  for (const [ownerId, requests] of await listUsage(db, startDay)) {
    counted.set(nameOf(startDay, ownerId), requests)
  }

  const write = async () => {
    // All hosts write the same rows, so all do it in the same order: otherwise they would wait for each other in a ring.
    const uses = [...unwrittenUses].toSorted(byName)
    const days = [...unwritten].toSorted(byName).map(([, day]) => ({ ...day }))
    if (uses.length + days.length === 0) return
    const totals = await inTransaction(db, async (transaction) => {
      await touchApiKeys(transaction, uses)
      await deleteUsageBefore(transaction, dayOf(Date.now()) - 1)
      return addAll(transaction, days)
    })
    for (const [id, at] of uses) if (unwrittenUses.get(id) === at) unwrittenUses.delete(id)
    for (const [index, { ownerId, day, requests }] of days.entries()) {
      const name = nameOf(day, ownerId)
      counted.set(name, totals[index])
      const left = unwritten.get(name)
      if (left !== undefined) left.requests -= requests
      if (left?.requests === 0) unwritten.delete(name)
    }
  }

  let turn: Promise<void> = Promise.resolve()
  const flush = () => {
    turn = turn.then(write).catch(onError)
    return turn
  }
  const timer = setInterval(() => void flush(), flushEveryMs)

  return {
    note: (key, now) => {
      const minute = now - (now % minuteMs)
      if (lastUsed.get(key.id) === minute) return
      lastUsed.set(key.id, minute)
      unwrittenUses.set(key.id, minute)
    },
    takeFromDay: ({ ownerId, dailyQuota }, now) => {
      if (dailyQuota === null) return undefined
      const day = dayOf(now)
      const name = nameOf(day, ownerId)
      const mine = unwritten.get(name) ?? { ownerId, day, requests: 0 }
      const before = (counted.get(name) ?? 0) + mine.requests
      const allowed = before < dailyQuota
      if (allowed) {
        mine.requests++
        unwritten.set(name, mine)
      }
      return {
        policy: 'day',
        allowed,
        quota: dailyQuota,
        windowSeconds: dayMs / 1000,
        remaining: Math.max(0, dailyQuota - before - 1),
        resetSeconds: Math.ceil(((day + 1) * dayMs - now) / 1000),
      }
    },
    flush,
    stop: () => {
      clearInterval(timer)
      return flush()
    },
  }
}

/** Adds each, and gives what all processes together have counted, in the same order. */
const addAll = async (db: Database, days: readonly DayOfRequests[]) => {
  const totals: number[] = []
  for (const day of days) totals.push(await addUsage(db, day))
  return totals
}
