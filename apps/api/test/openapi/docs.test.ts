import { createHash } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type OpenApiDocument, operationsIn } from '../../src/openapi/document.ts'
import { type RunningApi, runApi } from '../running-api.ts'

let api: RunningApi
let response: Response
let page: string
beforeAll(async () => {
  api = await runApi({ featureNames: ['<b>bold</b>', '"quoted"'] })
  response = await fetch(`${api.url}/docs`)
  page = await response.text()
})
afterAll(() => api.stop())

test('the page shows every operation of the document, with a form to try it', async () => {
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

test('it is allowed to run and look as its own two parts say, and to load nothing', () => {
  const policy = response.headers.get('content-security-policy') ?? ''
  const hashes = [...page.matchAll(/<(style|script)>([\s\S]*?)<\/\1>/g)].map(
    ([, , text]) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`,
  )
  expect(policy).toBe(
    `default-src 'none'; style-src ${hashes[0]}; script-src ${hashes[1]}; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  )
  expect(hashes).toHaveLength(2)
  expect(page).not.toMatch(/ (src|style|on\w+)=/)
  expect(page).not.toMatch(/https?:\/\//)
})

test('names from a model are text in it', () => {
  expect(page).not.toContain('<b>bold')
  expect(page).toContain('&lt;b&gt;bold&lt;/b&gt;')
})
