import { ApiError } from '../../http/errors.ts'

type Remembered<T> = { readonly result: Promise<T>; endedAt: number | undefined }

type RememberOptions = {
  readonly keepMs: number
  /** How many may wait for the one that is computed. */
  readonly mostWaiting: number
  readonly now: () => number
}

/**
 * Remembers results of expensive tasks by their keys, and runs one task at a time. Requests for a result that is computed
 * already wait for it. A failed task is not remembered.
 *
 * @throws ApiError `unavailable` when too many tasks wait
 */
export const rememberResults = <T>({ keepMs, mostWaiting, now }: RememberOptions) => {
  const remembered = new Map<string, Remembered<T>>()
  let last: Promise<unknown> = Promise.resolve()
  let waiting = 0
  return async (key: string, task: () => Promise<T>): Promise<T> => {
    for (const [name, { endedAt }] of remembered) {
      if (endedAt !== undefined && now() - endedAt >= keepMs) remembered.delete(name)
    }
    const found = remembered.get(key)
    if (found !== undefined) return found.result
    if (waiting > mostWaiting) {
      throw new ApiError('unavailable', 'Too many comparisons are waiting. Try again later', {
        headers: { 'retry-after': '5' },
      })
    }
    waiting++
    const result = last.then(task)
    const entry: Remembered<T> = { result, endedAt: undefined }
    remembered.set(key, entry)
    last = result
      .then(() => {
        entry.endedAt = now()
      })
      .catch(() => remembered.delete(key))
      .finally(() => waiting--)
    return result
  }
}
