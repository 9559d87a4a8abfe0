import type { Batch } from '../batch.ts'
import type { AskedBatch } from './asked-batch.ts'
import { bytesOf } from './gather.ts'

/** How much waits, and how much goes together. */
export type GatherLimits = {
  /** What goes together at most. A batch that is larger goes by itself. */
  readonly gatheredRows: number
  readonly gatheredBytes: number
  /** What waits at most. */
  readonly waitingRows: number
  readonly waitingBytes: number
}

/** Batches in the order in which they came. Those that are asked again go first, each alone. */
export type WaitingBatches = {
  /** Whether a further batch may wait. */
  readonly fits: (batch: Batch) => boolean
  readonly add: (asked: AskedBatch, how: { readonly alone: boolean }) => void
  /** Takes a batch back. */
  readonly remove: (asked: AskedBatch) => void
  /**
   * Takes those that go together next; none when none wait.
   *
   * @param takers how many can take batches now: each gets its part of those that wait
   */
  readonly takeNext: (takers: number) => readonly AskedBatch[]
  readonly takeAll: () => readonly AskedBatch[]
}

type Place = {
  readonly bytes: number
  readonly alone: boolean
  readonly timer: NodeJS.Timeout
}

/**
 * Makes the line in which batches wait.
 *
 * @param timeLimitMs how long each waits at most
 * @param onExpired receives each that was not taken in that time
 */
export const createWaitingBatches = (
  limits: GatherLimits,
  timeLimitMs: number,
  onExpired: (asked: AskedBatch) => void,
): WaitingBatches => {
  const again = new Map<AskedBatch, Place>()
  const others = new Map<AskedBatch, Place>()
  let rows = 0
  let bytes = 0

  const remove = (asked: AskedBatch) => {
    const place = again.get(asked) ?? others.get(asked)
    if (place === undefined) return
    clearTimeout(place.timer)
    const places = place.alone ? again : others
    places.delete(asked)
    rows -= asked.batch.nRows
    bytes -= place.bytes
  }
  const next = (takers: number): readonly AskedBatch[] => {
    const [alone] = again.keys()
    if (alone !== undefined) return [alone]
    const part = Math.ceil(others.size / takers)
    const group: AskedBatch[] = []
    let groupRows = 0
    let groupBytes = 0
    for (const [asked, place] of others) {
      groupRows += asked.batch.nRows
      groupBytes += place.bytes
      const isTooMuch = groupRows > limits.gatheredRows || groupBytes > limits.gatheredBytes
      if (group.length === part || (group.length > 0 && isTooMuch)) break
      group.push(asked)
    }
    return group
  }
  const take = (group: readonly AskedBatch[]) => {
    for (const asked of group) remove(asked)
    return group
  }
  return {
    fits: (batch) =>
      rows === 0 ||
      (rows + batch.nRows <= limits.waitingRows && bytes + bytesOf(batch) <= limits.waitingBytes),
    add: (asked, { alone }) => {
      const timer = setTimeout(() => {
        remove(asked)
        onExpired(asked)
      }, timeLimitMs)
      const place = { bytes: bytesOf(asked.batch), alone, timer }
      const places = alone ? again : others
      places.set(asked, place)
      rows += asked.batch.nRows
      bytes += place.bytes
    },
    remove,
    takeNext: (takers) => take(next(takers)),
    takeAll: () => take([...again.keys(), ...others.keys()]),
  }
}
