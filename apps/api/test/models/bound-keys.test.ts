import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type RunningApi, runApi } from '../running-api.ts'
import { type Asking, addVersion, asking, constant, rows } from './models-api.ts'

// A model that a key may not use is to it exactly as one that does not exist.

let api: RunningApi
let bound: Asking
let boundToDefault: Asking
beforeAll(async () => {
  api = await runApi()
  const scopes = ['predict', 'jobs', 'admin'] as const
  const admin = asking(api.url, (await api.makeKey({ scopes })).key)
  await addVersion(admin, 'churn', constant(0))
  await addVersion(admin, 'fraud', constant(1))
  bound = asking(api.url, (await api.makeKey({ scopes, models: ['churn'] })).key)
  boundToDefault = asking(api.url, (await api.makeKey({ scopes, models: ['default'] })).key)
})
afterAll(() => api.stop())

const row = { feature_a: 1, feature_b: 1 }

const asked: readonly (readonly [string, string, unknown?])[] = [
  ['GET', ''],
  ['GET', '/versions/1'],
  ['GET', '/predict/feature_a/1/feature_b/1'],
  ['GET', '/versions/1/predict/feature_a/1/feature_b/1'],
  ['POST', '/predict', rows],
  ['POST', '/predict', {}],
  ['POST', '/versions/1/predict', rows],
  ['POST', '/predict-slow', row],
  ['POST', '/versions', constant(1)],
  ['PUT', '/served', { version: 1 }],
  ['PUT', '/served', {}],
  ['POST', '/rollback'],
  ['DELETE', '/versions/1'],
  ['PATCH', ''],
  ['DELETE', '/served'],
]

describe.each(asked.map(([method, path, body]) => ({ method, path, body })))(
  '$method /models/{name}$path',
  ({ method, path, body }) => {
    test('is answered about a model of another key as about one that does not exist', async () => {
      const theirs = await bound.send(method, `/models/fraud${path}`, body)
      const none = await bound.send(method, `/models/nothing${path}`, body)
      expect(theirs.status).toBe(404)
      expect({ ...theirs.body, request_id: '' }).toEqual({ ...none.body, request_id: '' })
    })
  },
)

test.each([
  ['GET', '/predict/feature_a/1/feature_b/1', undefined],
  ['POST', '/predict', rows],
  ['POST', '/predict-slow', row],
])(
  '%s %s belongs to default, which is 404 to a key of other models',
  async (method, path, body) => {
    const answer = await bound.send(method, path, body)
    expect(answer).toMatchObject({ status: 404, body: { code: 'not_found' } })
    expect(answer.body.message).not.toContain('feature')
    expect([200, 202]).toContain((await boundToDefault.send(method, path, body)).status)
  },
)

test('a batch is for a model that the key may use', async () => {
  const submit = (ask: Asking, query: string) =>
    ask.post(`/jobs/batch${query}`, 'feature_a,feature_b\n1,1\n', { 'content-type': 'text/csv' })
  expect((await submit(bound, '')).status).toBe(404)
  expect((await submit(bound, '?model=fraud')).status).toBe(404)
  expect((await submit(bound, '?model=nothing')).status).toBe(404)
  expect((await submit(bound, '?model=churn')).status).toBe(202)
  expect((await submit(boundToDefault, '')).status).toBe(202)
})

test('a list of models has those that the key may use', async () => {
  expect((await bound.get('/models')).body).toMatchObject({ models: [{ name: 'churn' }] })
  expect((await boundToDefault.get('/models')).body).toMatchObject({
    models: [{ name: 'default' }],
  })
})

test('an unknown name lists nothing', async () => {
  const { status, body } = await bound.get('/models/nothing')
  expect(status).toBe(404)
  expect(JSON.stringify(body)).not.toMatch(/churn|fraud|default/)
})
