import { consoleUrl } from '../base.ts'
import { readProblem, unreachable } from './problem.ts'

export type Call = {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Sent as JSON. */
  readonly body?: unknown
  readonly signal?: AbortSignal
  /** Whether nobody asked for it: such a request does not keep the session from ending when nobody is there. */
  readonly isPoll?: boolean
}

/** Also read by `sendFile`, which needs the progress of XMLHttpRequest. */
export const consoleHeaders: Readonly<Record<string, string>> = { 'x-dsapi-console': '1' }

/** Listeners are called when an answer says that the session has ended. */
const sessionEnded = new Set<() => void>()
export const onSessionEnded = (listener: () => void): void => {
  sessionEnded.add(listener)
}
export const reportSessionEnded = (): void => {
  for (const listener of sessionEnded) listener()
}

/**
 * Sends a request below `/console` and returns the answer.
 *
 * @throws Problem if the answer is an error, or none came
 */
export const send = async (path: string, call: Call = {}): Promise<Response> => {
  const { method = 'GET', body, signal, isPoll = false } = call
  let response: Response
  try {
    response = await fetch(consoleUrl + path, {
      ...{ method, credentials: 'same-origin', cache: 'no-store', redirect: 'error' },
      headers: {
        ...{ accept: 'application/json', ...consoleHeaders },
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(isPoll && { 'x-dsapi-poll': '1' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      ...(signal && { signal }),
    })
  } catch {
    signal?.throwIfAborted()
    throw unreachable()
  }
  if (response.ok) return response
  if (response.status === 401 && path.startsWith('/api/')) reportSessionEnded()
  const text = await response.text().catch(() => '')
  throw readProblem(response.status, (name) => response.headers.get(name), text)
}

/** Sends a request and reads its answer as JSON. The tests of the API hold answers to their types. */
export const ask = async <T>(path: string, call?: Call): Promise<T> => {
  const response = await send(path, call)
  return (response.status === 204 ? undefined : await response.json()) as T
}

/** A path with those parameters that are set. */
export const withQuery = (
  path: string,
  query: Readonly<Record<string, string | number | boolean | undefined>>,
): string => {
  const set = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== '') set.set(name, String(value))
  }
  return set.size === 0 ? path : `${path}?${set}`
}
