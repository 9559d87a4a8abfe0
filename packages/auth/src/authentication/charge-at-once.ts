import type { IncomingMessage } from 'node:http'
import type { StoredKey } from '../keys/stored-key.ts'
import type { Allowance } from '../limits/allowance.ts'
import type { RateLimits } from '../limits/rate-limits.ts'
import type { Usage } from '../usage/usage.ts'
import { hasLimits } from './permissions.ts'

/** The limits of all keys. */
export type KeyLimits = {
  readonly rateLimits: Pick<RateLimits, 'takeToken' | 'hasToken'>
  readonly usage: Pick<Usage, 'takeFromDay' | 'hasLeftToday'>
}

const charge = Symbol('charge')

type Charged = IncomingMessage & { [charge]?: readonly Allowance[] }

const nothing: readonly Allowance[] = []

/**
 * Takes a request from all limits of its key without waiting. What was taken is kept with the request, and `apiKeyAuth` does not
 * take it again.
 *
 * @returns what is left of the key's limits; undefined, with nothing taken, if a limit is used up or cannot be asked
 *   without waiting: `apiKeyAuth` decides then
 */
export const chargeAtOnce = (
  { rateLimits, usage }: KeyLimits,
  request: Charged,
  key: StoredKey,
): readonly Allowance[] | undefined => {
  if (!hasLimits(key)) return nothing
  const now = Date.now()
  if (!rateLimits.hasToken(key) || !usage.hasLeftToday(key, now)) return undefined
  const allowances = [rateLimits.takeToken(key), usage.takeFromDay(key, now)].filter(isKnown)
  request[charge] = allowances
  return allowances
}

const isKnown = (taken: Allowance | Promise<Allowance> | undefined): taken is Allowance =>
  taken !== undefined && !(taken instanceof Promise)

export const chargeOf = (request: Charged): readonly Allowance[] | undefined => request[charge]
