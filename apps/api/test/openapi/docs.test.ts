import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadManual } from '../../src/docs/manual/load-manual.ts'
import type { SearchEntry } from '../../src/docs/search-index.ts'
import { type OpenApiDocument, operationsIn } from '../../src/openapi/document.ts'
import { type RunningApi, runApi } from '../running-api.ts'

let api: RunningApi
beforeAll(async () => {
  api = await runApi({ featureNames: ['<b>bold</b>', '"quoted"'] })
})
afterAll(() => api.stop())

const get = async (path: string) => {
  const response = await fetch(api.url + path)
  return { status: response.status, headers: response.headers, page: await response.text() }
}

/** The policy that lets a page use its own style and script, and what else its server has. */
const policyOf = (page: string) => {
  const hashes = [...page.matchAll(/<(style|script)>([\s\S]*?)<\/\1>/g)].map(
    ([, , text]) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`,
  )
  expect(hashes).toHaveLength(2)
  return `default-src 'none'; style-src ${hashes[0]}; script-src ${hashes[1]}; connect-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`
}

describe('the API reference', () => {
  test('shows every operation of the document, with a form to try it', async () => {
    const { page } = await get('/docs/api')
    const document = (await (await fetch(`${api.url}/openapi.json`)).json()) as OpenApiDocument
    for (const { operation } of operationsIn(document)) {
      expect(page).toContain(`id="${operation.operationId}"`)
      expect(page).toContain(operation.summary)
    }
    expect(page.match(/<form /g)).toHaveLength(operationsIn(document).length)
    for (const name of Object.keys(document.components.schemas)) {
      expect(page).toContain(`id="schema-${name}"`)
    }
  })

  test('may run and look as its own two parts say, and load nothing from elsewhere', async () => {
    const { page, headers } = await get('/docs/api')
    expect(headers.get('content-security-policy')).toBe(policyOf(page))
    expect(page).not.toMatch(/ (src|style|on\w+)=/)
    expect(page).not.toMatch(/(?:href|src|action|data)="?https?:|url\(/)
  })

  test('shows names from a model as text', async () => {
    const { page } = await get('/docs/api')
    expect(page).not.toContain('<b>bold')
    expect(page).toContain('&lt;b&gt;bold&lt;/b&gt;')
  })
})

describe('the manual', () => {
  const { pages, pictures, navigation } = loadManual()

  test.each([...pages.keys()])(
    '%s is served under the policy of its own two parts',
    async (path) => {
      const { status, headers, page } = await get(path)
      expect(status).toBe(200)
      expect(headers.get('content-type')).toContain('text/html')
      expect(headers.get('content-security-policy')).toBe(policyOf(page))
      expect(page).not.toMatch(/<[^>]* (style|on\w+)=/)
    },
  )

  test('no entry of the table of contents stands twice', () => {
    const addresses = navigation.flatMap(({ entries }) => entries.map(({ address }) => address))
    expect(new Set(addresses).size).toBe(addresses.length)
  })

  test('links lead from the first page to every other', () => {
    const reached = new Set(['/docs'])
    for (const address of reached) {
      for (const [, href] of (pages.get(address)?.body.text ?? '').matchAll(/href="([^"#]+)/g)) {
        if (pages.has(href)) reached.add(href)
      }
    }
    expect([...reached].toSorted()).toEqual([...pages.keys()].toSorted())
  })

  test('every picture that a page shows is served', async () => {
    for (const { body } of pages.values()) {
      for (const [, src] of body.text.matchAll(/<img src="([^"]+)"/g)) {
        expect(pictures.has(src), src).toBe(true)
        expect((await get(src)).status).toBe(200)
      }
    }
  })

  test('a page that is not there is an unknown path: 401 without a key, 404 with one', async () => {
    expect((await get('/docs/guides/none')).status).toBe(401)
    const headers = { 'x-api-key': api.key }
    expect((await fetch(`${api.url}/docs/guides/none`, { headers })).status).toBe(404)
  })

  test('no path leads out of its folder', async () => {
    for (const path of ['/docs/..%2f/README', '/docs/guides/..%2f..%2f..%2fpackage.json']) {
      expect((await get(path)).status, path).not.toBe(200)
    }
  })
})

test('the search index has every section of the manual and every operation', async () => {
  const index = JSON.parse((await get('/docs/search.json')).page) as readonly SearchEntry[]
  const addresses = new Set(index.map(({ address }) => address))
  expect(addresses).toContain('/docs/reference/settings#settings')
  expect(addresses).toContain('/docs/api#predictMany')
  expect(index.every(({ heading }) => heading !== '')).toBe(true)
})
