import type { CallOptions, Send } from './send.ts'

/** Requests with JSON in and JSON out. */
export type Ask = {
  readonly get: <T>(path: string, options?: CallOptions) => Promise<T>
  /** @param body if undefined, nothing is sent */
  readonly post: <T>(path: string, body: unknown, options: PostOptions) => Promise<T>
  readonly put: <T>(path: string, body: unknown, options?: CallOptions) => Promise<T>
  /** Not repeated, although what it leads to is the same: the audit would have it twice. */
  readonly patch: <T>(path: string, body: unknown, options?: CallOptions) => Promise<T>
  readonly remove: <T>(path: string, options?: CallOptions) => Promise<T>
}

type PostOptions = CallOptions & {
  readonly repeatable: boolean
  readonly headers?: Readonly<Record<string, string | undefined>>
}

// Tests hold the server to its schemas, so answers are not checked here.
const readJson = async <T>(response: Response) => (await response.json()) as T

export const createAsk = (send: Send): Ask => ({
  // What it leads to is the same however often it is sent (RFC 9110, section 9.2.2).
  put: <T>(path: string, body: unknown, { signal }: CallOptions = {}) =>
    send(
      {
        ...{ method: 'PUT', path, signal, repeatable: true, body: JSON.stringify(body) },
        headers: { 'content-type': 'application/json' },
      },
      readJson<T>,
    ),
  get: <T>(path: string, { signal }: CallOptions = {}) =>
    send({ method: 'GET', path, signal, repeatable: true }, readJson<T>),
  post: <T>(path: string, body: unknown, { signal, repeatable, headers }: PostOptions) => {
    const json = body !== undefined && {
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json', ...headers },
    }
    return send({ method: 'POST', path, signal, repeatable, ...json }, readJson<T>)
  },
  patch: <T>(path: string, body: unknown, { signal }: CallOptions = {}) =>
    send(
      {
        ...{ method: 'PATCH', path, signal, repeatable: false, body: JSON.stringify(body) },
        headers: { 'content-type': 'application/json' },
      },
      readJson<T>,
    ),
  remove: <T>(path: string, { signal }: CallOptions = {}) =>
    send({ method: 'DELETE', path, signal, repeatable: false }, readJson<T>),
})

/** A path with the parameters that are set. */
export const withQuery = (
  path: string,
  query: Readonly<Record<string, string | number | undefined>>,
): string => {
  const set = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) set.set(name, String(value))
  }
  return set.size === 0 ? path : `${path}?${set}`
}
