import { isIPv6 } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import { LRUCache } from 'lru-cache'

/** Slows those who try keys. Only refusals wait: a right key passes at once, from any address. */
export type FailedAttempts = {
  /**
   * Counts a refusal, and waits for as long as the address has deserved.
   *
   * @param hangUp is called, instead of any waiting, when too many refusals of the address wait already: an answer at
   * once would be the reward for a flood
   * @returns how many refusals the address has had within the minute, this one included
   */
  readonly slow: (address: string, hangUp?: () => void) => Promise<number>
}

const windowMs = 60_000
const rememberedAddresses = 10_000
/** So many wrong keys a minute are an accident, and cost nothing. */
const freeAttempts = 10
const longestWaitMs = 1000
/** Whoever waits holds memory: so many refusals of one address, and of all together. */
const mostWaitingOfOne = 400
const mostWaiting = 2000

/** Doubles with each attempt, from 10 ms to a second. */
const waitAfter = (attempts: number): number =>
  attempts <= freeAttempts ? 0 : Math.min(longestWaitMs, 5 * 2 ** (attempts - freeAttempts))

/**
 * A single customer usually has a whole /64 of IPv6, so the first four groups count. Where the zeros
 * that `::` stands for reach beyond them, neighbours share a count, which only slows wrong keys.
 */
const networkOf = (address: string): string => {
  if (!isIPv6(address) || address.startsWith('::ffff:')) return address
  const head = address.split('::')[0].split(':')
  return [...head, '0', '0', '0', '0'].slice(0, 4).join(':')
}

/** Of the refusals of an address: how many there were within the minute, and how many wait now. */
type Count = { attempts: number; waiting: number }

/**
 * @param onMany is told, once a minute for each address, of one that has begun to be slowed
 */
export const createFailedAttempts = (onMany: (address: string) => void): FailedAttempts => {
  const counts = new LRUCache<string, Count>({
    max: rememberedAddresses,
    ttl: windowMs,
  })
  let waiting = 0

  const countOf = (network: string): Count => {
    const known = counts.get(network)
    if (known !== undefined) return known
    const count = { attempts: 0, waiting: 0 }
    counts.set(network, count)
    return count
  }

  return {
    slow: async (address, hangUp = () => {}) => {
      const count = countOf(networkOf(address))
      const attempts = ++count.attempts
      if (attempts === freeAttempts + 1) onMany(address)
      const waitMs = waitAfter(attempts)
      if (waitMs === 0) return attempts
      if (count.waiting >= mostWaitingOfOne || waiting >= mostWaiting) {
        hangUp()
        return attempts
      }
      waiting++
      count.waiting++
      await setTimeout(waitMs)
      waiting--
      count.waiting--
      return attempts
    },
  }
}
