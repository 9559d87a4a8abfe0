import { useSignal, useSignalEffect } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { type Problem, problemOf } from '../api/problem.ts'
import { ask } from '../api/request.ts'
import { signedIn } from '../api/session.ts'
import { isOffline, isPaused, isVisible, now, refreshes, updatedAt } from './live.ts'

export type Asked<T> = {
  readonly data: T | undefined
  /** Why the last request failed. What came before it stays in `data`. */
  readonly problem: Problem | undefined
  /** When `data` came. */
  readonly at: number | undefined
  /** When the next try is, if the last one failed. */
  readonly nextTryAt: number | undefined
  readonly isLoading: boolean
}

const longestWaitMs = 30_000

/** How long to wait after so many failures in a row. */
const waitAfter = (failures: number, everyMs: number, problem: Problem): number =>
  problem.retryAfterMs ?? Math.min(longestWaitMs, Math.max(everyMs, 1000) * 2 ** failures)

/**
 * Asks a path below the console, such as `/api/jobs`, and again every so often while the page is visible and not paused. The next request waits for
 * the answer to the last one.
 *
 * @param path undefined: nothing is asked
 * @param options.every milliseconds; without it, it asks again only on a refresh and after a failure that may pass
 */
export const useAsked = <T>(
  path: string | undefined,
  { every }: { readonly every?: number } = {},
): Asked<T> => {
  const asked = useSignal<Asked<T>>(nothing)
  const wanted = useSignal(path)
  useEffect(() => {
    wanted.value = path
  }, [path, wanted])

  useSignalEffect(() => {
    const from = wanted.value
    const isActive = isVisible.value && signedIn.value.state === 'signed-in'
    refreshes.value
    if (from === undefined || !isActive) return
    return follow<T>(from, every, asked)
  })
  return asked.value
}

const nothing: Asked<never> = {
  ...{ data: undefined, problem: undefined, at: undefined, nextTryAt: undefined },
  isLoading: true,
}

type Box<T> = { value: Asked<T>; peek: () => Asked<T> }

/** The last path whose answer each box shows, so that a new question is no poll. */
const shownPaths = new WeakMap<object, string>()

const follow = <T>(path: string, every: number | undefined, asked: Box<T>): (() => void) => {
  const abort = new AbortController()
  let timer: ReturnType<typeof setTimeout> | undefined
  let failures = 0

  const look = async (isPoll: boolean) => {
    try {
      const data = await ask<T>(path, { signal: abort.signal, isPoll })
      if (abort.signal.aborted) return
      failures = 0
      const at = Date.now()
      asked.value = { data, problem: undefined, at, nextTryAt: undefined, isLoading: false }
      shownPaths.set(asked, path)
      isOffline.value = false
      updatedAt.value = at
      if (now.peek() < at) now.value = at
      if (every !== undefined) timer = setTimeout(poll, every)
    } catch (error) {
      if (abort.signal.aborted) return
      const problem = problemOf(error)
      isOffline.value = problem.code === 'unreachable'
      const mayPass = problem.status === 0 || problem.status === 429 || problem.status >= 500
      const wait = mayPass ? waitAfter(failures++, every ?? 2000, problem) : undefined
      const nextTryAt = wait === undefined ? undefined : Date.now() + wait
      asked.value = { ...asked.peek(), problem, nextTryAt, isLoading: false }
      if (wait !== undefined) timer = setTimeout(poll, wait)
    }
  }
  // While paused it looks at nothing, and soon whether it still is.
  const poll = () => {
    if (isPaused.peek()) timer = setTimeout(poll, 250)
    else void look(true)
  }

  const isNew = shownPaths.get(asked) !== path
  if (isNew) asked.value = { ...asked.peek(), isLoading: true }
  void look(false)
  return () => {
    abort.abort()
    clearTimeout(timer)
  }
}
