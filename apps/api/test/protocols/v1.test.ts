import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Asking, addVersion, asking, constant } from '../models/models-api.ts'
import { type RunningApi, runApi } from '../running-api.ts'
import { type Asked, type Client, clientOf, probabilities } from './v2-client.ts'

// Requests of KServe V1 and TensorFlow Serving as clients send them, over real sockets, and what they are answered.

let api: RunningApi
let client: Client
let admin: Asking
beforeAll(async () => {
  api = await runApi()
  const { key } = await api.makeKey({ scopes: ['predict', 'admin'] })
  client = clientOf({ url: api.url, key })
  admin = asking(api.url, key)
  await addVersion(admin, 'churn.v2', { ...constant(0), classes: ['no', 'yes'] })
  await addVersion(admin, 'churn.v2', { ...constant(1), classes: ['no', 'yes'] }, '?serve=false')
})
afterAll(() => api.stop())

const base = '/v1/models/default'

describe('what a server and its models are', () => {
  const status = (version: string) => ({
    version,
    state: 'AVAILABLE',
    status: { error_code: 'OK', error_message: '' },
  })
  const model = { name: 'default', ready: true, model_version_status: [status('1')] }

  test.each([
    ['/', { status: 'alive' }],
    ['/v1/models', { models: ['churn.v2', 'default'] }],
    ['/v1/models/', { models: ['churn.v2', 'default'] }],
    [base, model],
    [`${base}/`, model],
    [`${base}/versions/1`, model],
    [
      '/v1/models/churn.v2',
      { name: 'churn.v2', ready: true, model_version_status: [status('1'), status('2')] },
    ],
    [
      '/v1/models/churn.v2/versions/2',
      { name: 'churn.v2', ready: true, model_version_status: [status('2')] },
    ],
  ])('GET %s', async (path, expected) => {
    const answer = await client.json(path)
    expect(answer).toEqual({ status: 200, type: 'application/json', json: expected })
  })

  test('the liveness probe needs no key, and all else does', async () => {
    expect((await fetch(`${api.url}/`)).status).toBe(200)
    for (const path of ['/v1/models', base, `${base}/versions/1`]) {
      const answer = await fetch(api.url + path)
      expect({ status: answer.status, json: await answer.json() }).toMatchObject({
        status: 401,
        json: { error: 'No API Key provided' },
      })
    }
  })
})

describe('a prediction', () => {
  const rows = [
    [1, 1],
    [1, 1],
  ]
  test.each<[string, string, unknown, unknown]>([
    ['rows', ':predict', { instances: rows }, { predictions: [1, 1] }],
    [
      'named rows',
      ':predict',
      { instances: [{ feature_a: 1, feature_b: 1 }] },
      { predictions: [1] },
    ],
    [
      'named rows of tensors',
      ':predict',
      { instances: [{ feature_b: [1], feature_a: [1] }] },
      { predictions: [1] },
    ],
    [
      'a signature',
      ':predict',
      { signature_name: 'predict_proba', instances: [[1, 1]] },
      { predictions: [probabilities] },
    ],
    [
      "TensorFlow's usual signature",
      ':predict',
      { signature_name: 'serving_default', instances: [[1, 1]] },
      { predictions: [1] },
    ],
    [
      'columns',
      '/versions/1:predict',
      { inputs: { feature_a: [1], feature_b: [1] } },
      { outputs: [1] },
    ],
    [
      'columns of the shape [N, 1]',
      ':predict',
      { inputs: { feature_b: [[1], [1]], feature_a: [[1], [1]] } },
      { outputs: [1, 1] },
    ],
    ['a list of inputs', ':predict', { inputs: [[1, 1]] }, { outputs: [1], predictions: [1] }],
    ['an encoded colon', '%3Apredict', { instances: [[1, 1]] }, { predictions: [1] }],
    ['no rows', ':predict', { instances: [] }, { predictions: [] }],
    [
      'no rows in columns',
      ':predict',
      { inputs: { feature_a: [], feature_b: [] } },
      { outputs: [] },
    ],
    [
      'unknown members',
      ':predict',
      { instances: [[1, 1]], id: 7, parameters: { a: 1 } },
      { predictions: [1] },
    ],
  ])('of %s', async (_, path, body, expected) => {
    const answer = await client.json(base + path, { body: JSON.stringify(body) })
    expect(answer).toEqual({ status: 200, type: 'application/json', json: expected })
  })

  test("needs no Content-Type, and takes curl's own", async () => {
    const body = '{"instances":[[1,1]]}'
    for (const headers of [{}, { 'content-type': 'application/x-www-form-urlencoded' }]) {
      expect((await client.json(`${base}:predict`, { body, headers })).status).toBe(200)
    }
  })

  test('is of the version in the path, with its labels as they are', async () => {
    const ask = async (path: string) =>
      (await client.json(`/v1/models/churn.v2${path}`, { body: '{"instances":[[1,1]]}' })).json
    expect(await ask(':predict')).toEqual({ predictions: ['no'] })
    expect(await ask('/versions/2:predict')).toEqual({ predictions: ['yes'] })
  })

  test('of a large body is that of a small one', async () => {
    const n = 5000
    const ones = Array.from({ length: n }, () => 1)
    const body = JSON.stringify({ inputs: { feature_a: ones, feature_b: ones } })
    expect((await client.json(`${base}:predict`, { body })).json).toEqual({ outputs: ones })
    const wrong = JSON.stringify({ instances: ones.map((one, k) => [one, k === 77 ? null : 1]) })
    expect(await client.json(`${base}:predict`, { body: wrong })).toMatchObject({
      status: 400,
      json: { detail: [{ field: 'instances[77][1]' }] },
    })
  })
})

describe('an error', () => {
  const ask: Asked = { body: '{"instances":[[1,1]]}' }
  test.each<[string, string, Asked, number, string]>([
    ['no JSON', `${base}:predict`, { body: '{' }, 400, 'The body is not JSON'],
    ['an empty body', `${base}:predict`, { method: 'POST' }, 400, 'The body is empty'],
    ['no rows', `${base}:predict`, { body: '{}' }, 400, '"instances" or "inputs" is missing'],
    [
      'an unknown model',
      '/v1/models/nope:predict',
      ask,
      404,
      'There is no model "nope". There is "churn.v2", "default"',
    ],
    ['the state of an unknown model', '/v1/models/nope', {}, 404, 'There is no model "nope"'],
    ['an unknown version', `${base}/versions/9:predict`, ask, 404, 'no version'],
    ['what is no version', `${base}/versions/x:predict`, ask, 404, 'no version'],
    ['the state of an unknown version', `${base}/versions/9`, {}, 404, 'no version'],
    ['a label', `${base}/labels/stable:predict`, ask, 501, ':predict'],
    ['explaining', `${base}:explain`, ask, 501, ':predict'],
    ['classifying', `${base}/versions/1:classify`, { body: '{}' }, 501, ':predict'],
    ['regressing', `${base}:regress`, { body: '{}' }, 501, ':predict'],
    ['the signatures', `${base}/metadata`, {}, 501, ':predict'],
    ['another verb', `${base}:nothing`, ask, 405, 'GET, HEAD'],
    ['a path that is not there', '/v1/nothing', {}, 404, 'Not found'],
    ['another method', `${base}:predict`, {}, 405, 'Use POST'],
    ['another method at the root', '/', { body: '{}' }, 405, 'Use GET'],
    ['no key', `${base}:predict`, { ...ask, headers: { 'x-api-key': '' } }, 401, 'No API Key'],
    ['a wrong key', '/v1', { headers: { 'x-api-key': 'wrong' } }, 401, 'Invalid API Key'],
    [
      'an unknown coding',
      `${base}:predict`,
      { ...ask, headers: { 'content-encoding': 'br' } },
      415,
      'gzip or deflate',
    ],
  ])('of %s is text', async (_, path, asked, status, text) => {
    expect(await client.json(path, asked)).toMatchObject({
      status,
      type: 'application/json',
      json: { error: expect.stringContaining(text) },
    })
  })

  test('of a body that is too large, and of a limited key', async () => {
    const { key } = await api.makeKey({ rate: { requests: 1, seconds: 3600 } })
    const headers = { 'x-api-key': key, 'content-length': '99999999' }
    const large = await client.json(`${base}:predict`, { method: 'POST', headers })
    expect(large).toMatchObject({ status: 413, json: { error: expect.stringContaining('larger') } })
    const limited = await client.json(base, { headers: { 'x-api-key': key } })
    expect(limited).toMatchObject({ status: 429, json: { error: expect.stringContaining('Too') } })
  })
})

test('a key that is bound to a model finds no other', async () => {
  const { key } = await api.makeKey({ models: ['churn.v2'] })
  const bound = clientOf({ url: api.url, key })
  expect((await bound.json('/v1/models')).json).toEqual({ models: ['churn.v2'] })
  for (const path of [base, `${base}/versions/1`]) expect((await bound.json(path)).status).toBe(404)
  expect((await bound.json(`${base}:predict`, { body: '{"instances":[[1,1]]}' })).status).toBe(404)
})

test('requests are counted with their protocol', async () => {
  await client.json(`${base}:predict`, { body: '{"instances":[[1,1]]}' })
  const text = await (await fetch(api.metricsUrl ?? '')).text()
  expect(text).toMatch(
    /dsapi_http_requests_total\{method="POST",route="\/v1\/models\/:model:predict",status="200",protocol="v1"\} /,
  )
})
