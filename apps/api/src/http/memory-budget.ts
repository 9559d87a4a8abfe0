import type { ServerResponse } from 'node:http'
import { ApiError } from './errors.ts'

/** What a request holds of the budget, until its answer has left or its client is gone. */
export type HeldMemory = {
  /**
   * Holds so many bytes from now on, more or fewer than before.
   *
   * @throws ApiError `unavailable` when so many are not left; what was held before stays held
   */
  readonly hold: (bytes: number) => void
}

/** How much memory requests and their answers may take, all those of a process together. */
export type MemoryBudget = {
  readonly limitBytes: number
  /** How much of it is held now. */
  readonly heldBytes: () => number
  /**
   * Takes memory for a request, and gives it back by itself when its response is closed.
   *
   * @throws ApiError `unavailable` when so much is not left
   */
  readonly take: (response: ServerResponse, bytes: number) => HeldMemory
}

export const createMemoryBudget = (limitBytes: number): MemoryBudget => {
  let heldBytes = 0
  return {
    limitBytes,
    heldBytes: () => heldBytes,
    take: (response, bytes) => {
      let held = 0
      let isOver = response.closed
      const hold = (wanted: number) => {
        if (isOver) return
        if (wanted > held && heldBytes + wanted - held > limitBytes) throw noneLeft()
        heldBytes += wanted - held
        held = wanted
      }
      hold(bytes)
      response.once('close', () => {
        hold(0)
        isOver = true
      })
      return { hold }
    },
  }
}

const noneLeft = () =>
  new ApiError('unavailable', 'The server has no memory left for this request. Try again later', {
    headers: { 'retry-after': '1' },
  })
