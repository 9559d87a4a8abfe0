import { afterAll, beforeAll, expect, test } from 'vitest'
import { type RunningApi, runApi } from '../running-api.ts'
import { type Asking, asking, rows } from './models-api.ts'

// A server whose models have names of their own.

let api: RunningApi
let client: Asking
beforeAll(async () => {
  api = await runApi({ modelName: 'churn' })
  client = asking(api.url, api.key)
})
afterAll(() => api.stop())

test('answers below /models, and is ready', async () => {
  expect((await client.post('/models/churn/predict', rows)).status).toBe(200)
  expect(await client.get('/readyz')).toMatchObject({ status: 200, body: { status: 'ready' } })
})

test.each([
  ['GET', '/predict/feature_a/1/feature_b/1', undefined],
  ['POST', '/predict', rows],
  ['POST', '/predict-slow', { feature_a: 1, feature_b: 1 }],
])('%s %s is 404, and says which paths there are', async (method, path, body) => {
  const answer = await client.send(method, path, body)
  expect(answer).toMatchObject({ status: 404, body: { code: 'not_found' } })
  expect(answer.body.message).toContain('/models/{name}')
})

test('describes itself in the names of an example', async () => {
  const { status, body } = await client.get('/openapi.json')
  expect(status).toBe(200)
  expect(Object.keys(Object(body.paths))).toContain('/models/{name}/predict')
  expect(JSON.stringify(body)).not.toContain('"/models/churn')
})
