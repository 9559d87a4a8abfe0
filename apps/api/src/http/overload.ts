/** Whether this process has more to do than it can. */
export type Overload = {
  readonly isOverloaded: () => boolean
  readonly stop: () => void
}

const lookEveryMs = 100
/** A timer that is so late has waited for all that came before it; so would the next request. */
const lateMs = 500

/** Watches how late this process's own timer is: by as much, every request waits before it is begun. */
export const watchOverload = (): Overload => {
  let isLate = false
  let dueAt = performance.now() + lookEveryMs
  const timer = setInterval(() => {
    const now = performance.now()
    isLate = now - dueAt > lateMs
    dueAt = now + lookEveryMs
  }, lookEveryMs)
  return { isOverloaded: () => isLate, stop: () => clearInterval(timer) }
}
