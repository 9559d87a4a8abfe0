/** A request that only the database can decide about. */
export type WaitingTake = {
  readonly quota: number
  readonly resolve: (allowed: boolean) => void
  readonly reject: (error: unknown) => void
}

/** The requests of an owner's keys on a day (UTC), as one process knows them. */
export type DayCount = {
  readonly ownerId: string
  /** Days since 1970. */
  readonly day: number
  /** What the database said that all processes together have counted. */
  total: number
  /** When it was asked for that, by the monotonic clock. */
  askedAt: number
  reading: Promise<void> | undefined
  /** What this process has let through and not written yet. */
  unwritten: number
  readonly waiting: WaitingTake[]
}

/** With the time between two writes, 400 ms, this is a second: what was counted anywhere is known everywhere by then. */
const freshForMs = 600

/**
 * The share of what is left that a process lets through by itself before it writes and looks again. When fewer requests
 * than this are left, the database decides about each, so there the quota is exact.
 */
const shareOfOne = 32

export const createDayCount = (ownerId: string, day: number): DayCount => ({
  ownerId,
  day,
  total: 0,
  askedAt: Number.NEGATIVE_INFINITY,
  reading: undefined,
  unwritten: 0,
  waiting: [],
})

/** Whether the total was the truth a moment ago. */
export const isFresh = ({ askedAt }: DayCount): boolean => performance.now() - askedAt < freshForMs

/** Takes over a total; an older answer that arrives after a newer one changes nothing. */
export const learnTotal = (count: DayCount, total: number, askedAt: number): void => {
  count.total = Math.max(count.total, total)
  count.askedAt = Math.max(count.askedAt, askedAt)
}

/** Takes a request from the day, or refuses it, if that can be decided without the database. */
export const decideAtOnce = (count: DayCount, quota: number): boolean | undefined => {
  const left = quota - count.total
  if (left <= 0) return false // A total never gets less.
  if (!isFresh(count) || count.unwritten >= Math.floor(left / shareOfOne)) return undefined
  count.unwritten++
  return true
}
