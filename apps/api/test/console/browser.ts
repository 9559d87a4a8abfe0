import { expect } from 'vitest'
import type { RunningApi } from '../running-api.ts'

export type Asked = RequestInit & { readonly headers?: Record<string, string> }

/** What a page of the server sends along. */
export const sameOrigin = { 'sec-fetch-site': 'same-origin' }

export const postJson = (body: unknown, headers: Record<string, string> = {}): Asked => ({
  method: 'POST',
  body: JSON.stringify(body),
  headers: { ...sameOrigin, 'content-type': 'application/json', ...headers },
})

/** Signs in as a page of a server on this machine does. @returns the answer */
export const signInWith = (
  api: Pick<RunningApi, 'url'>,
  by: { readonly key: string } | { readonly code: string },
  headers: Record<string, string> = {},
): Promise<Response> =>
  fetch(`${api.url}/console/session`, postJson(by, { origin: api.url, ...headers }))

/** The cookie that an answer sets, as a browser sends it. */
export const cookieOf = (answer: Response): string =>
  (answer.headers.getSetCookie()[0] ?? '').split(';')[0]

export type SignedIn = {
  readonly cookie: string
  /** Asks below `/console`. */
  readonly ask: (path: string, asked?: Asked) => Promise<Response>
}

/** Signs in, and returns how the page asks from then on. */
export const signedInWith = async (
  api: Pick<RunningApi, 'url'>,
  key: string,
): Promise<SignedIn> => {
  const answer = await signInWith(api, { key })
  expect(answer.status).toBe(201)
  const cookie = cookieOf(answer)
  return {
    cookie,
    ask: (path, asked = {}) =>
      fetch(`${api.url}/console${path}`, {
        ...asked,
        headers: { ...sameOrigin, cookie, ...asked.headers },
      }),
  }
}
