import { type Buckets, createWindows, type Taken, type Window } from './bucket.ts'
import type { Rate } from './rate.ts'

/** What a store answers when some tokens were asked of a bucket, whether it had them or not. */
export type Consumed = {
  /** The tokens that were asked for since the bucket was filled, with these, and with those that it did not have. */
  readonly consumedPoints: number
  readonly msBeforeNext: number
}

/** Asks a store that several processes share for some tokens. */
export type Consume = (ownerId: string, tokens: number) => Promise<Consumed>

/** What this process has taken from a bucket in advance. */
type Lot = Window & {
  /** What the bucket had left beside this lot. */
  left: number
}

/**
 * The share of what is left, as a divisor, that a process takes in advance. Of a bucket with fewer tokens than this it takes
 * one at a time.
 */
const shareOfOne = 32

/**
 * Buckets that several processes share. No request is accepted above the rate: a token belongs to a process as soon as it
 * was taken from the bucket, and expires with the bucket's window. While a process refuses a request, each other process may have
 * at most a 32nd of what was left when it asked last.
 */
export const createSharedBuckets = ({ requests }: Rate, consume: Consume): Buckets => {
  const lots = createWindows<Lot>()
  const asking = new Map<string, Promise<Taken>>()

  const takeFromLot = (ownerId: string): Taken | undefined => {
    const lot = lots.find(ownerId)
    if (lot === undefined || lot.tokens === 0) return undefined
    lot.tokens--
    const msBeforeNext = lot.endsAt - performance.now()
    return { allowed: true, remaining: lot.tokens + lot.left, msBeforeNext }
  }

  /** Asks for a request's own token, and for some in advance. */
  const ask = async (ownerId: string, inAdvance: number): Promise<Taken> => {
    const askedAt = performance.now()
    const tokens = 1 + inAdvance
    const { consumedPoints, msBeforeNext } = await consume(ownerId, tokens)
    const left = Math.max(0, requests - consumedPoints)
    // A bucket that had fewer has given what it had.
    const given = Math.min(tokens, Math.max(0, requests - (consumedPoints - tokens)))
    const kept = Math.max(0, given - 1)
    const lot = lots.find(ownerId)
    if (lot !== undefined && inAdvance === 0) lot.left = left
    else lots.set(ownerId, { tokens: kept, left, endsAt: askedAt + msBeforeNext })
    return { allowed: given > 0, remaining: kept + left, msBeforeNext }
  }

  const askForLot = (ownerId: string): Promise<Taken> => {
    const inAdvance = Math.floor((lots.find(ownerId)?.left ?? 0) / shareOfOne)
    if (inAdvance === 0) return ask(ownerId, 0)
    const asked = ask(ownerId, inAdvance).finally(() => asking.delete(ownerId))
    asking.set(ownerId, asked)
    return asked
  }

  /** Requests that come meanwhile wait for the lot, and ask for themselves if it is not enough. */
  const takeAfter = async (ownerId: string, asked: Promise<Taken>): Promise<Taken> => {
    await asked.catch(() => {}) // The request that has asked gets the error.
    return takeFromLot(ownerId) ?? ask(ownerId, 0)
  }

  return {
    take: (ownerId) => {
      const taken = takeFromLot(ownerId)
      if (taken !== undefined) return taken
      const asked = asking.get(ownerId)
      return asked === undefined ? askForLot(ownerId) : takeAfter(ownerId, asked)
    },
    hasToken: (ownerId) => (lots.find(ownerId)?.tokens ?? 0) > 0,
  }
}
