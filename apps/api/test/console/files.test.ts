import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type RunningApi, runApi } from '../running-api.ts'

let api: RunningApi
beforeAll(async () => {
  api = await runApi()
})
afterAll(() => api.stop())

const linksIn = (page: string) =>
  [...page.matchAll(/(?:href|src)="([^"]*console-[^"]+)"/g)].map(([, link]) => link)

const ask = (path: string, init?: RequestInit) => fetch(api.url + path, init)

describe('the page', () => {
  test.each([
    '/console',
    '/console/',
    '/console/jobs',
    '/console/keys/',
    '/console/models/a.b/evaluation',
  ])('%s loads its script and its style, behind any prefix', async (path) => {
    const answer = await ask(path)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toMatch(/^text\/html/)
    const links = linksIn(await answer.text())
    expect(links).toHaveLength(2)
    for (const link of links) {
      const file = new URL(link, `http://proxy.example/prefix${path}`).pathname
      expect(file).toMatch(/^\/prefix\/console\/console-/)
      expect((await ask(file.slice('/prefix'.length))).status).toBe(200)
    }
  })

  test('has the headers that keep a browser from anything else', async () => {
    const { headers } = await ask('/console')
    expect(headers.get('content-security-policy')).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'none'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
    )
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin')
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin')
    expect(headers.get('referrer-policy')).toBe('no-referrer')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('permissions-policy')).toBe(
      'camera=(), microphone=(), geolocation=(), payment=(), usb=(), clipboard-read=()',
    )
    expect(headers.get('cache-control')).toBe('no-cache')
  })

  test('is sent once as long as it does not change', async () => {
    const etag = (await ask('/console/jobs')).headers.get('etag') ?? ''
    const again = await ask('/console/jobs', { headers: { 'if-none-match': etag } })
    expect(again.status).toBe(304)
    expect(await again.text()).toBe('')
  })

  test('is only read', async () => {
    const answer = await ask('/console/jobs', { method: 'POST' })
    expect(answer.status).toBe(405)
    expect(answer.headers.get('allow')).toBe('GET, HEAD')
  })
})

describe('a file', () => {
  test.each(['br', 'gzip', 'identity'])('is sent in the coding %s', async (coding) => {
    const [style, script] = linksIn(await (await ask('/console/')).text())
    for (const link of [style, script]) {
      const answer = await ask(`/console/${link}`, { headers: { 'accept-encoding': coding } })
      expect(answer.headers.get('content-encoding') ?? 'identity').toBe(coding)
      expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
      expect((await answer.text()).length).toBeGreaterThan(10)
    }
  })

  test('that is not there is unknown', async () => {
    expect((await ask('/console/console-0.js')).status).toBe(404)
  })
})

test('DSAPI_CONSOLE=off removes it', async () => {
  const without = await runApi({ config: { console: 'off' } })
  const key = { 'x-api-key': without.key }
  expect((await fetch(`${without.url}/console`)).status).toBe(401)
  expect((await fetch(`${without.url}/console`, { headers: key })).status).toBe(404)
  expect((await fetch(`${without.url}/console/session`, { headers: key })).status).toBe(404)
  await without.stop()
})
