import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { routerPath } from '../../src/endpoints/protocols/router-path.ts'
import { statuses } from '../../src/http/errors.ts'
import { createApp } from '../../src/index.ts'
import { type OpenApiDocument, operationsIn } from '../../src/openapi/document.ts'
import { nothing } from '../endpoint-requests.ts'
import { type RunningApi, runApi } from '../running-api.ts'

let api: RunningApi
let document: OpenApiDocument
beforeAll(async () => {
  api = await runApi()
  document = await documentOf(api)
})
afterAll(() => api.stop())

const documentOf = async ({ url }: RunningApi) =>
  (await (await fetch(`${url}/openapi.json`)).json()) as OpenApiDocument

/** A path of the document as the routes write it. The features are the model's own, so one route has all. */
const routeOf = (path: string) => routerPath(path.replace(/\/predict\/.*$/, '/predict/*'))

test('every route is in the document, and the document has no other', () => {
  const { routes } = createApp(nothing)
  const served = routes
    .filter(({ method }) => method !== 'ALL')
    .map(({ method, path }) => `${method} ${path}`)
  const described = operationsIn(document).map(
    ({ method, path }) => `${method.toUpperCase()} ${routeOf(path)}`,
  )
  expect(described.toSorted()).toEqual([...new Set(served)].toSorted())
})

test('every error is in it, with what it means and an example', () => {
  const codes = Object.keys(statuses)
  const { ErrorCode } = document.components.schemas
  expect(ErrorCode.enum).toEqual(codes)
  for (const code of codes) expect(ErrorCode.description).toContain(`- \`${code}\` (`)
  const shown = JSON.stringify(document.paths) + JSON.stringify(document.components.responses)
  // The answer to methods that the document does not have, and those of the web console, which is not in it.
  const elsewhere = ['method_not_allowed', 'no_session', 'cross_site', 'insecure_transport']
  const others = codes.filter((code) => !elsewhere.includes(code))
  for (const code of others) expect(shown).toContain(`"code":"${code}"`)
})

test('it has the version of the package', () => {
  const manifest = readFileSync(new URL('../../package.json', import.meta.url), 'utf8')
  expect(document.info.version).toBe(JSON.parse(manifest).version)
})

test('it speaks in the names of the model that is served', async () => {
  const named = await runApi({ featureNames: ['sepal length', 'a/b', '{c}'] })
  const paths = Object.keys((await documentOf(named)).paths)
  expect(paths[0]).toBe(
    '/predict/sepal%20length/{sepal length}/a%2Fb/{feature_2}/%7Bc%7D/{feature_3}',
  )
  const url = paths[0].replaceAll(/\{[^}]*\}/g, '1')
  const answer = await fetch(named.url + url, { headers: { 'x-api-key': named.key } })
  await named.stop()
  expect(answer.status).toBe(200)
})

describe('each path of the document', () => {
  const filled = (path: string) =>
    path
      .replace('{name}', 'default')
      .replace('{version}', '1')
      .replaceAll(
        /\{\w+\}/g,
        path.includes('/predict/') ? '1' : '01a20a53-ffff-7000-8000-000000000000',
      )

  const methodsOf = (path: string) => {
    const described = operationsIn(document).filter((found) => found.path === path)
    const methods = described.map(({ method }) => method.toUpperCase())
    return methods.includes('GET') ? [...methods, 'HEAD'] : methods
  }

  test('refuses all other methods, and says which it has', async () => {
    const { key } = await api.makeKey({ scopes: ['predict', 'jobs', 'admin'] })
    for (const path of Object.keys(document.paths).filter((path) => path !== '/metrics')) {
      const methods = methodsOf(path)
      for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
        if (methods.includes(method)) continue
        const init = { method, headers: { 'x-api-key': key } }
        const response = await fetch(api.url + filled(path), init)
        expect(response.status, `${method} ${path}`).toBe(405)
        const allow = response.headers.get('allow')?.split(', ')
        expect(allow?.toSorted(), path).toEqual(methods.toSorted())
      }
    }
  })

  test('answers HEAD as it answers GET, without a body', async () => {
    const { key } = await api.makeKey({ scopes: ['predict', 'jobs', 'admin'] })
    for (const path of Object.keys(document.paths)) {
      if (!methodsOf(path).includes('HEAD')) continue
      const headers = { 'x-api-key': key }
      const get = await fetch(api.url + filled(path), { headers })
      const head = await fetch(api.url + filled(path), { method: 'HEAD', headers })
      await get.body?.cancel()
      expect(head.status, path).toBe(get.status)
      expect(await head.text()).toBe('')
    }
  })
})
