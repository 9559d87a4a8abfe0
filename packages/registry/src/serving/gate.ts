/** Runs a task, when it may. */
export type Pass = <T>(task: () => Promise<T>) => Promise<T>

/** Makes a function that runs tasks, so many at a time, in the order in which they come. */
export const createGate = (size: number): Pass => {
  const waiting: (() => void)[] = []
  let free = size
  const enter = () => {
    if (free === 0) return new Promise<void>((resolve) => waiting.push(resolve))
    free--
    return Promise.resolve()
  }
  return async (task) => {
    await enter()
    try {
      return await task()
    } finally {
      const next = waiting.shift()
      if (next === undefined) free++
      else next()
    }
  }
}
