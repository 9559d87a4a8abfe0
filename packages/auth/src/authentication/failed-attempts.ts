import { isIPv6 } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import { LRUCache } from 'lru-cache'

/** Slows clients that try keys. Only rejections wait: a valid key is accepted at once, from any address. */
export type FailedAttempts = {
  /**
   * Counts a rejection and waits. The wait grows with the rejections of the address.
   *
   * @param disconnect is called instead of waiting when too many rejections of the address wait already, because an
   * answer at once would reward a flood
   * @returns how many rejections the address has had within the minute, including this one
   */
  readonly slow: (address: string, disconnect?: () => void) => Promise<number>
}

const windowMs = 60_000
const rememberedAddresses = 10_000
/** So many wrong keys a minute may be an accident, and are not slowed. */
const freeAttempts = 10
const longestWaitMs = 1000
/** A waiting rejection holds memory, so their number is limited, for one address and for all. */
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

/** How many rejections an address had within the minute, and how many of them wait now. */
type Count = { attempts: number; waiting: number }

/**
 * @param onMany is called when an address begins to be slowed, once a minute for each address
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
    slow: async (address, disconnect = () => {}) => {
      const count = countOf(networkOf(address))
      const attempts = ++count.attempts
      if (attempts === freeAttempts + 1) onMany(address)
      const waitMs = waitAfter(attempts)
      if (waitMs === 0) return attempts
      if (count.waiting >= mostWaitingOfOne || waiting >= mostWaiting) {
        disconnect()
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
