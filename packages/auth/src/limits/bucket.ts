/** What an owner's bucket has to say about one request. */
export type Taken = {
  readonly allowed: boolean
  /** The tokens that are left. */
  readonly remaining: number
  /** Until the bucket is filled again. */
  readonly msBeforeNext: number
}

/** The buckets of one rate, of which each owner has one. */
export type Buckets = {
  /** Takes a token. The answer comes at once where this process can give it alone. */
  readonly take: (ownerId: string) => Taken | Promise<Taken>
  /** Whether `take` would give a token at once. */
  readonly hasToken: (ownerId: string) => boolean
}

/** The tokens that this process may give to an owner's requests, until an instant of the monotonic clock. */
export type Window = { tokens: number; readonly endsAt: number }

const fewWindows = 1000

/** Keeps the windows of owners, and drops those that are over before they become many. */
export const createWindows = <W extends Window>() => {
  const windows = new Map<string, W>()
  let tidyAt = fewWindows

  const tidy = () => {
    const now = performance.now()
    for (const [ownerId, { endsAt }] of windows) if (endsAt <= now) windows.delete(ownerId)
    tidyAt = Math.max(fewWindows, 2 * windows.size)
  }

  return {
    /** The window that is not over yet. */
    find: (ownerId: string): W | undefined => {
      const window = windows.get(ownerId)
      return window !== undefined && window.endsAt > performance.now() ? window : undefined
    },
    set: (ownerId: string, window: W): void => {
      if (windows.size >= tidyAt) tidy()
      windows.set(ownerId, window)
    },
  }
}
