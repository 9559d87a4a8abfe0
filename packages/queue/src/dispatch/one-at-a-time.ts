import type { OnError } from './dispatcher.ts'

/** Makes what runs a task now or, while it runs, once more after that, however often it is wanted. */
export const oneAtATime = (task: () => Promise<unknown>, onError: OnError): (() => void) => {
  let isRunning = false
  let isWanted = false
  const run = async () => {
    isRunning = true
    while (isWanted) {
      isWanted = false
      await task().catch(onError)
    }
    isRunning = false
  }
  return () => {
    isWanted = true
    if (!isRunning) void run()
  }
}
