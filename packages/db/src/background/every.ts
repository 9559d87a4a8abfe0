import type { OnError } from './on-error.ts'

/** Work that is repeated in the background until it is stopped. */
export type Loop = {
  /** Ends the current pause, or leaves out the next one. */
  readonly wake: () => void
  /** Resolves when the last run has ended. */
  readonly stop: () => Promise<void>
}

/**
 * Repeats a task, with a pause of so many milliseconds before each run. An error is reported and does not end the loop.
 */
export const every = (
  ms: number | (() => number),
  task: () => Promise<void>,
  onError: OnError,
): Loop => {
  let isStopped = false
  let isAwake = false
  let endPause = () => {}
  const pause = (pauseMs: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, pauseMs)
      endPause = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  const loop = async () => {
    while (!isStopped) {
      if (!isAwake) await pause(typeof ms === 'number' ? ms : ms())
      isAwake = false
      if (!isStopped) await task().catch(onError)
    }
  }
  const wake = () => {
    isAwake = true
    endPause()
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
