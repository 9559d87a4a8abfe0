import { countQueuedJobs, countQueuedJobsOf, type Database } from '@dsapi/db'
import { createPlaces, type Places, type QueuePlace } from './places.ts'

/** As many jobs wait as the queue may hold, or as one owner may have in it. */
export class QueueFullError extends Error {
  override readonly name = 'QueueFullError'
  readonly of: 'queue' | 'owner'
  readonly limit: number

  constructor(of: 'queue' | 'owner', limit: number) {
    super(`${limit} jobs or more of the ${of} are waiting`)
    this.of = of
    this.limit = limit
  }
}

/** Whose jobs they are, and how many of them may wait; `null`: as many as the queue allows each owner. */
export type JobOwner = { readonly keyId: string; readonly maxJobs: number | null }

/** How many jobs may wait. */
export type QueueLimits = {
  /** Of all owners together. */
  readonly limit: number
  /** Of an owner who has no limit of its own. */
  readonly ownerLimit: number
}

/**
 * Makes the function that takes a place in the queue, which is one of its owner as well. Each count may be exceeded by what
 * other processes take in a tenth of a second, or hold for batches that still arrive.
 *
 * @throws QueueFullError when there is no place
 */
export const createQueueLimit = (
  db: Database,
  { limit, ownerLimit }: QueueLimits,
): ((owner: JobOwner) => Promise<QueuePlace>) => {
  const all = createPlaces((most) => countQueuedJobs(db, most))
  /** No more than there are keys. */
  const owners = new Map<string, Places>()
  const placesOf = (keyId: string) => {
    const known = owners.get(keyId)
    if (known !== undefined) return known
    const places = createPlaces((most) => countQueuedJobsOf(db, keyId, most))
    owners.set(keyId, places)
    return places
  }
  return async ({ keyId, maxJobs }) => {
    const most = maxJobs ?? ownerLimit
    const own = await placesOf(keyId).take(most)
    if (own === undefined) throw new QueueFullError('owner', most)
    try {
      const place = await all.take(limit)
      if (place === undefined) throw new QueueFullError('queue', limit)
      return both(own, place)
    } catch (error) {
      own.giveBack()
      throw error
    }
  }
}

const both = (one: QueuePlace, other: QueuePlace): QueuePlace => ({
  fill: () => {
    one.fill()
    other.fill()
  },
  giveBack: () => {
    one.giveBack()
    other.giveBack()
  },
})
