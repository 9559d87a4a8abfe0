import { waitAfter } from './backoff.ts'
import { DsapiError, errorOf } from './dsapi-error.ts'
import { sleep } from './sleep.ts'

export type ClientOptions = {
  /** Where the server is: `http://localhost:8000`. */
  readonly baseUrl: string
  readonly apiKey?: string
  /** Headers of every request, such as those of a proxy. */
  readonly headers?: Readonly<Record<string, string>>
  /** In place of the global `fetch`. */
  readonly fetch?: typeof fetch
}

export type CallOptions = {
  /** Aborts the call, also between two tries. The call then rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined
}

export type Body = string | Blob | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array>

export type Call = CallOptions & {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly path: string
  readonly headers?: Readonly<Record<string, string | undefined>>
  readonly body?: Body
  /** Whether the request may safely be sent twice. */
  readonly repeatable: boolean
}

/** Sends a request, again where that is safe and may help, and reads the answer. */
export type Send = <T>(call: Call, read: (response: Response) => Promise<T> | T) => Promise<T>

/** Too many requests, or the server is unavailable for the moment. */
const passing = [429, 503]

/** Without a regular expression, which would take quadratic time for a long row of slashes. */
const withoutSlashes = (url: string) => {
  let end = url.length
  while (url[end - 1] === '/') end--
  return url.slice(0, end)
}

/** @param readError reads an answer that is an error */
export const createSend = (
  { baseUrl, apiKey, headers: always, fetch = globalThis.fetch }: ClientOptions,
  readError: (response: Response) => Promise<DsapiError> = errorOf,
): Send => {
  const base = withoutSlashes(baseUrl)

  const requestOf = ({ method, headers = {}, body, signal }: Call): RequestInit => {
    const given = Object.entries({ 'x-api-key': apiKey, ...always, ...headers })
    const isSet = (pair: [string, string | undefined]): pair is [string, string] =>
      pair[1] !== undefined
    return {
      method,
      headers: given.filter(isSet),
      ...(signal && { signal }),
      // fetch requires this when the body is a stream.
      ...(body !== undefined && { body, duplex: 'half' }),
    } as RequestInit
  }

  /** The outcome of one try: what was read, or an error with its Retry-After. */
  const attempt = async <T>(call: Call, read: (response: Response) => Promise<T> | T) => {
    let response: Response | undefined
    try {
      response = await fetch(base + call.path, requestOf(call))
      if (response.ok) return { read: await read(response) }
      const retryAfter = response.headers.get('retry-after')
      const error = await readError(response)
      return { error, retryAfter, mayPass: passing.includes(response.status) }
    } catch (cause) {
      call.signal?.throwIfAborted()
      // A whole answer that is not what was asked for will be the same the next time.
      if (cause instanceof DsapiError) throw cause
      const status = response?.status ?? 0
      const message = `No whole answer came from ${base}: ${messageOf(cause)}`
      const error = new DsapiError(message, { status, code: 'no_answer', cause })
      return { error, retryAfter: null, mayPass: true }
    }
  }

  return async (call, read) => {
    for (let tries = 1; ; tries++) {
      const tried = await attempt(call, read)
      if ('read' in tried) return tried.read
      const { error, retryAfter, mayPass } = tried
      const clock = { now: Date.now(), random: Math.random }
      const ms = call.repeatable && mayPass ? waitAfter(tries, retryAfter, clock) : undefined
      if (ms === undefined) throw error
      await sleep(ms, call.signal)
    }
  }
}

/** fetch hides the reason in the cause. */
const messageOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? error.cause.message : error.message
}
