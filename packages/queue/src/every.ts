import type { OnError } from './dispatch/dispatcher.ts'

/** Something that goes on in the background until it is stopped. */
export type Loop = {
  /** Ends the current wait, or leaves out the next one. */
  readonly wake: () => void
  /** Resolves when the last time is over. */
  readonly stop: () => Promise<void>
}

/**
 * Does something again and again, waiting so many milliseconds before each time. A failure is reported
 * and does not end it.
 */
export const every = (
  ms: number | (() => number),
  task: () => Promise<void>,
  onError: OnError,
): Loop => {
  let isStopped = false
  let isAwake = false
  let endNap = () => {}
  const nap = (napMs: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, napMs)
      endNap = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  const loop = async () => {
    while (!isStopped) {
      if (!isAwake) await nap(typeof ms === 'number' ? ms : ms())
      isAwake = false
      if (!isStopped) await task().catch(onError)
    }
  }
  const wake = () => {
    isAwake = true
    endNap()
  }
  const ended = loop()
  return {
    wake,
    stop: () => {
      isStopped = true
      wake()
      return ended
    },
  }
}
