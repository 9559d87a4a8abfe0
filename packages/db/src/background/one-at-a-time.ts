import type { OnError } from './on-error.ts'

/**
 * Makes a function that runs a task, but never twice at the same time: all calls during a run are served by one more run
 * after it. What it returns resolves when a run has ended that began after the call. An error is reported, not thrown.
 */
export const oneAtATime = (
  task: () => Promise<unknown>,
  onError: OnError,
): (() => Promise<void>) => {
  let last: Promise<void> = Promise.resolve()
  let next: Promise<void> | undefined
  const run = async () => {
    next = undefined
    await task().catch(onError)
  }
  return () => {
    next ??= last.then(run)
    last = next
    return next
  }
}
