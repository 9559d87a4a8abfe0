import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Asking, addVersion, asking, constant } from '../models/models-api.ts'
import { type RunningApi, runApi } from '../running-api.ts'
import { type Asked, type Client, clientOf, probabilities } from './v2-client.ts'

// Requests of MLflow's scoring server as clients send them, over real sockets, and what they are answered.

let api: RunningApi
let client: Client
let admin: Asking
beforeAll(async () => {
  api = await runApi()
  const { key } = await api.makeKey({ scopes: ['predict', 'admin'] })
  client = clientOf({ url: api.url, key })
  admin = asking(api.url, key)
  await addVersion(admin, 'churn', { ...constant(0), classes: ['no', 'yes'] })
})
afterAll(() => api.stop())

const typed = (type: string, body: string): Asked => ({ headers: { 'content-type': type }, body })
const json = (body: unknown) =>
  typed('application/json', typeof body === 'string' ? body : JSON.stringify(body))
const csv = (body: string) => typed('text/csv; charset=utf-8', body)
const invoke = (asked: Asked, path = '/invocations') => client.json(path, asked)
const one = { predictions: [1] }

describe('a prediction', () => {
  const columns = ['feature_a', 'feature_b']
  test.each<[string, Asked, unknown]>([
    ['a split table', json({ dataframe_split: { columns, index: [0], data: [[1, 1]] } }), one],
    ['a split table without names', json({ dataframe_split: { data: [[1, 1]] } }), one],
    ['records', json({ dataframe_records: [{ feature_b: 1, feature_a: 1, extra: 5 }] }), one],
    ['instances', json({ instances: [[1, 1]] }), one],
    ['inputs', json({ inputs: [[1, 1]] }), one],
    ['named instances', json({ instances: [{ feature_a: 1, feature_b: 1 }] }), one],
    ['columns', json({ inputs: { feature_a: [1], feature_b: [1] } }), one],
    [
      'probabilities',
      json({ inputs: [[1, 1]], params: { predict_method: 'predict_proba' } }),
      { predictions: [probabilities] },
    ],
    ['unknown params', json({ inputs: [[1, 1]], params: { top_k: 3 } }), one],
    ['CSV', csv('feature_a,feature_b\n1,1\n'), one],
    ['a charset', typed('application/json; charset=UTF-8', '{"inputs":[[1,1]]}'), one],
    ['no rows', json({ instances: [] }), { predictions: [] }],
    [
      'no rows of probabilities',
      json({ instances: [], params: { predict_method: 'predict_proba' } }),
      { predictions: [] },
    ],
  ])('of %s', async (_, asked, expected) => {
    expect(await invoke(asked)).toEqual({ status: 200, type: 'application/json', json: expected })
    expect((await invoke(asked, '/models/default/invocations')).json).toEqual(expected)
  })

  test('is of the model in the path, with its labels as they are', async () => {
    const answer = await invoke(json({ inputs: [[1, 1]] }), '/models/churn/invocations')
    expect(answer.json).toEqual({ predictions: ['no'] })
  })

  test('of a large table is that of a small one', async () => {
    const n = 10_000
    const ones = Array.from({ length: n }, () => 1)
    const rows = `feature_a,feature_b\n${'1,1\n'.repeat(n)}`
    expect((await invoke(csv(rows))).json).toEqual({ predictions: ones })
    expect(await invoke(csv(`${rows}1,x\n`))).toMatchObject({
      status: 400,
      json: { error_code: 'BAD_REQUEST', message: expect.stringContaining(`line ${n + 2} `) },
    })
    const unmatched = await invoke(json({ dataframe_records: ones.map(() => ({ feature_a: 1 })) }))
    expect(unmatched.json).toMatchObject({ error_code: 'INVALID_PARAMETER_VALUE' })
  })
})

describe('a probe', () => {
  test.each(['/ping', '/health', '/models/churn/ping', '/models/churn/health', '/ping/'])(
    'GET %s needs no key',
    async (path) => {
      const answer = await fetch(api.url + path)
      expect(answer.status).toBe(200)
      expect(answer.headers.get('content-type')).toBe('application/json')
      expect(await answer.text()).toBe('\n')
    },
  )

  test('finds no model that is not there', async () => {
    expect((await fetch(`${api.url}/models/nope/ping`)).status).toBe(404)
  })
})

test('the version is bare text, for those with a key', async () => {
  for (const path of ['/version', '/models/churn/version']) {
    const answer = await client.send(path)
    expect(answer.headers['content-type']).toBe('application/json')
    expect(answer.body.toString()).toBe('0.1.0')
    expect((await fetch(api.url + path)).status).toBe(401)
  }
})

describe('an error', () => {
  const ask = json({ inputs: [[1, 1]] })
  const columns = ['feature_a', 'feature_b']
  test.each<[string, string, Asked, number, string, string]>([
    ['no JSON', '/invocations', json('this is,,,, not valid json'), 400, 'BAD_REQUEST', 'JSON'],
    ['a list', '/invocations', json('[1]'), 400, 'BAD_REQUEST', 'dataframe_records'],
    ['a number', '/invocations', json('1'), 400, 'BAD_REQUEST', 'a JSON object'],
    ['other members', '/invocations', json({ not: 'a table' }), 400, 'BAD_REQUEST', '"not"'],
    [
      'two forms',
      '/invocations',
      json({ dataframe_records: [], dataframe_split: {} }),
      400,
      'BAD_REQUEST',
      'has both',
    ],
    [
      'a missing feature',
      '/invocations',
      json({ dataframe_split: { columns: ['feature_a'], data: [[1]] } }),
      400,
      'INVALID_PARAMETER_VALUE',
      'feature_b',
    ],
    [
      'a text for a number',
      '/invocations',
      json({ dataframe_split: { columns, data: [['a', 1]] } }),
      400,
      'BAD_REQUEST',
      '"dataframe_split.data[0][0]" (feature_a)',
    ],
    [
      'a wrong param',
      '/invocations',
      json({ inputs: [[1, 1]], params: { predict_method: 'x' } }),
      400,
      'INVALID_PARAMETER_VALUE',
      'predict_method',
    ],
    ['empty CSV', '/invocations', { ...csv(''), method: 'POST' }, 400, 'BAD_REQUEST', 'empty'],
    [
      'CSV without a header',
      '/invocations',
      csv('1,1\n'),
      400,
      'INVALID_PARAMETER_VALUE',
      'feature_a',
    ],
    [
      'another type',
      '/invocations',
      typed('application/x-www-form-urlencoded', '{}'),
      415,
      'BAD_REQUEST',
      'application/json or text/csv',
    ],
    [
      'another parameter',
      '/invocations',
      typed('application/json; something=something', '{}'),
      415,
      'BAD_REQUEST',
      'something',
    ],
    ['no type', '/invocations', { body: '{}' }, 415, 'BAD_REQUEST', 'Content-Type'],
    [
      'an unknown coding',
      '/invocations',
      { body: '{}', headers: { 'content-type': 'application/json', 'content-encoding': 'br' } },
      415,
      'BAD_REQUEST',
      'gzip or deflate',
    ],
    [
      'an unknown model',
      '/models/nope/invocations',
      ask,
      404,
      'ENDPOINT_NOT_FOUND',
      'There is no model "nope". There is "churn", "default"',
    ],
    ['the version of none', '/models/nope/version', {}, 404, 'ENDPOINT_NOT_FOUND', '"nope"'],
    ['another method', '/invocations', {}, 405, 'BAD_REQUEST', 'Use POST'],
    ['another method of a probe', '/ping', ask, 405, 'BAD_REQUEST', 'Use GET'],
    [
      'no key',
      '/invocations',
      { ...ask, headers: { 'x-api-key': '' } },
      401,
      'UNAUTHENTICATED',
      'No API Key provided',
    ],
    [
      'a wrong key',
      '/models/churn/invocations',
      { ...ask, headers: { 'x-api-key': 'wrong' } },
      401,
      'UNAUTHENTICATED',
      'Invalid API Key',
    ],
    [
      'too large a body',
      '/invocations',
      { method: 'POST', headers: { 'content-type': 'text/csv', 'content-length': '99999999' } },
      413,
      'BAD_REQUEST',
      'larger',
    ],
  ])('of %s is named as MLflow names it', async (_, path, asked, status, error_code, text) => {
    expect(await client.json(path, asked)).toMatchObject({
      status,
      type: 'application/json',
      json: { error_code, message: expect.stringContaining(text), request_id: expect.any(String) },
    })
  })

  test('of a key that is limited or lacks the scope', async () => {
    const { key } = await api.makeKey({ scopes: ['jobs'], rate: { requests: 1, seconds: 3600 } })
    const headers = { 'x-api-key': key, 'content-type': 'application/json' }
    expect(await client.json('/invocations', { ...ask, headers })).toMatchObject({
      status: 403,
      json: { error_code: 'PERMISSION_DENIED' },
    })
    expect(await client.json('/version', { headers })).toMatchObject({
      status: 429,
      json: { error_code: 'REQUEST_LIMIT_EXCEEDED' },
    })
  })
})

test('a key that is bound to a model finds no other', async () => {
  const { key } = await api.makeKey({ models: ['churn'] })
  const bound = clientOf({ url: api.url, key })
  const ask = json({ inputs: [[1, 1]] })
  expect((await bound.json('/invocations', ask)).status).toBe(404)
  expect((await bound.json('/models/default/version')).status).toBe(404)
  expect((await bound.json('/models/churn/invocations', ask)).status).toBe(200)
})

test('requests are counted with their protocol', async () => {
  await invoke(json({ inputs: [[1, 1]] }))
  const text = await (await fetch(api.metricsUrl ?? '')).text()
  expect(text).toMatch(
    /dsapi_http_requests_total\{method="POST",route="\/invocations",status="200",protocol="mlflow"\} /,
  )
})
