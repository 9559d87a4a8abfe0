import {
  addUsage,
  type Database,
  findUsage,
  inTransaction,
  type OnError,
  oneAtATime,
} from '@dsapi/db'
import type { StoredKey } from '../keys/stored-key.ts'
import type { Allowance } from './allowance.ts'
import {
  createDayCount,
  type DayCount,
  decideAtOnce,
  isFresh,
  learnTotal,
  mayDecideAlone,
  type WaitingTake,
} from './day-count.ts'

/** Daily quotas, which all processes over a database share. */
export type DayQuotas = {
  /**
   * Takes one request from a key's daily quota; undefined for a key without one. While most of the quota is left, the
   * answer comes at once, otherwise from the database.
   *
   * @throws an error of the database where it has to decide and cannot, so the request is not accepted
   */
  readonly take: (key: StoredKey, now: number) => Allowance | Promise<Allowance> | undefined
  /** Whether `take` would allow a request at once, or need not. */
  readonly hasLeft: (key: StoredKey, now: number) => boolean
  /** Writes the counts that are not in the database yet. */
  readonly flush: () => Promise<void>
}

/** An owner's count, with the requests that wait for the database to decide. */
type Change = { readonly count: DayCount; readonly waiting: readonly WaitingTake[] }

const dayMs = 86_400_000

const dayOf = (now: number) => Math.floor(now / dayMs)

const byOwner = (one: DayCount, other: DayCount) =>
  one.day - other.day || (one.ownerId < other.ownerId ? -1 : 1)

/**
 * Starts counting. However many processes and hosts share the database, a quota is exceeded by no more than the requests
 * of one second, of which each process accepts at most a 32nd of what was left. So a quota below 32 is exact.
 *
 * @param options.onError is called with an error when counts could not be written; they are written later
 */
export const createDayQuotas = (
  db: Database,
  { onError }: { readonly onError: OnError },
): DayQuotas => {
  const counts = new Map<string, DayCount>()

  const countOf = (ownerId: string, day: number): DayCount => {
    const name = `${day}/${ownerId}`
    const count = counts.get(name) ?? createDayCount(ownerId, day)
    counts.set(name, count)
    return count
  }

  const write = async () => {
    const today = dayOf(Date.now())
    forgetBefore(counts, today)
    const changes = takeChanges(counts)
    if (changes.length === 0) return
    const askedAt = performance.now()
    try {
      const settled = await inTransaction(db, (transaction) => settleAll(transaction, changes))
      for (const { count, waiting, written, total, allowed } of settled) {
        count.unwritten -= written
        learnTotal(count, total, askedAt)
        for (const [index, { resolve }] of waiting.entries()) resolve(allowed[index])
      }
    } catch (error) {
      for (const { waiting } of changes) for (const { reject } of waiting) reject(error)
      throw error
    }
  }

  const flush = oneAtATime(write, onError)

  const ask = async (count: DayCount, quota: number): Promise<boolean> => {
    if (!isFresh(count)) {
      await readTotal(db, count)
      const decided = decideAtOnce(count, quota)
      if (decided !== undefined) return decided
    }
    const { promise, resolve, reject } = Promise.withResolvers<boolean>()
    count.waiting.push({ quota, resolve, reject })
    void flush()
    return promise
  }

  return {
    take: ({ ownerId, dailyQuota: quota }, now) => {
      if (quota === null) return undefined
      const count = countOf(ownerId, dayOf(now))
      const decided = decideAtOnce(count, quota)
      return decided === undefined
        ? ask(count, quota).then((allowed) => allowanceOf(count, quota, allowed, now))
        : allowanceOf(count, quota, decided, now)
    },
    hasLeft: ({ ownerId, dailyQuota: quota }, now) =>
      quota === null || mayDecideAlone(countOf(ownerId, dayOf(now)), quota),
    flush,
  }
}

const allowanceOf = (
  { day, total, unwritten }: DayCount,
  quota: number,
  allowed: boolean,
  now: number,
): Allowance => ({
  policy: 'day',
  allowed,
  quota,
  windowSeconds: dayMs / 1000,
  remaining: Math.max(0, quota - total - unwritten),
  resetSeconds: Math.ceil(((day + 1) * dayMs - now) / 1000),
})

/** Reads an owner's total once for all callers that ask at the same time. */
const readTotal = (db: Database, count: DayCount): Promise<void> => {
  const askedAt = performance.now()
  count.reading ??= findUsage(db, count)
    .then((total) => learnTotal(count, total, askedAt))
    .finally(() => {
      count.reading = undefined
    })
  return count.reading
}

const isWritten = ({ unwritten, waiting }: DayCount) => unwritten === 0 && waiting.length === 0

const forgetBefore = (counts: Map<string, DayCount>, today: number) => {
  for (const [name, count] of counts) if (count.day < today && isWritten(count)) counts.delete(name)
}

/** All hosts write the same rows, so they write them in the same order to avoid deadlocks. */
const takeChanges = (counts: ReadonlyMap<string, DayCount>): readonly Change[] =>
  [...counts.values()]
    .filter((count) => !isWritten(count))
    .toSorted(byOwner)
    .map((count) => ({ count, waiting: count.waiting.splice(0) }))

const settleAll = async (transaction: Database, changes: readonly Change[]) => {
  const settled: (Change & Awaited<ReturnType<typeof settle>>)[] = []
  for (const change of changes) settled.push({ ...change, ...(await settle(transaction, change)) })
  return settled
}

/** Adds the requests that were accepted already, and as many of the waiting requests as the quota allows. The first statement
 * locks the row, so no other process counts between the two. */
const settle = async (transaction: Database, { count, waiting }: Change) => {
  const { ownerId, day, unwritten: written } = count
  let total = await addUsage(transaction, { ownerId, day, requests: written })
  const before = total
  const allowed = waiting.map(({ quota }) => {
    const isAllowed = total < quota
    if (isAllowed) total++
    return isAllowed
  })
  if (total > before) await addUsage(transaction, { ownerId, day, requests: total - before })
  return { written, total, allowed }
}
