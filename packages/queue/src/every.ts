import { setTimeout } from 'node:timers/promises'
import type { OnError } from './dispatcher.ts'

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
  let stopped = false
  let nap = new AbortController()
  const loop = async () => {
    while (!stopped) {
      const napMs = typeof ms === 'number' ? ms : ms()
      await setTimeout(napMs, undefined, { signal: nap.signal }).catch(() => {})
      nap = new AbortController()
      if (!stopped) await task().catch(onError)
    }
  }
  const ended = loop()
  return {
    wake: () => nap.abort(),
    stop: () => {
      stopped = true
      nap.abort()
      return ended
    },
  }
}
