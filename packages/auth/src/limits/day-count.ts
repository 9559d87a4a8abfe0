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
  /** The count of all processes together, as the database last gave it. */
  total: number
  /** When the total was asked for, by the monotonic clock. */
  askedAt: number
  reading: Promise<void> | undefined
  /** Requests that this process has accepted and not written yet. */
  unwritten: number
  readonly waiting: WaitingTake[]
}

/** Together with the time between two writes, 400 ms, this is a second, after which every process knows a count. */
const freshForMs = 600

/**
 * The share of what is left, as a divisor, that a process accepts by itself before it writes and reads again. When fewer
 * requests than this are left, the database decides about each, so the quota is exact.
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

/** Whether the total is recent enough to be trusted. */
export const isFresh = ({ askedAt }: DayCount): boolean => performance.now() - askedAt < freshForMs

/** Sets the total. An older answer that arrives after a newer one changes nothing. */
export const learnTotal = (count: DayCount, total: number, askedAt: number): void => {
  count.total = Math.max(count.total, total)
  count.askedAt = Math.max(count.askedAt, askedAt)
}

/** Whether this process may accept a request without the database. */
export const mayDecideAlone = (count: DayCount, quota: number): boolean =>
  isFresh(count) && count.unwritten < Math.floor((quota - count.total) / shareOfOne)

/** Accepts or refuses a request, if that can be decided without the database. */
export const decideAtOnce = (count: DayCount, quota: number): boolean | undefined => {
  if (count.total >= quota) return false // A total never decreases.
  if (!mayDecideAlone(count, quota)) return undefined
  count.unwritten++
  return true
}
