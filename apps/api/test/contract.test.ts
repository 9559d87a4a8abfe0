import { createKey, disableKey, revokeKey } from '@dsapi/auth'
import { claimNextJobs, failJob, succeedJob } from '@dsapi/db'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Body, bodyOf, type RunningApi, runApi } from './running-api.ts'

// The rows of the contract's first part, each a request to a real socket.

let api: RunningApi
beforeAll(async () => {
  api = await runApi()
})
afterAll(() => api.stop())

type Request = {
  readonly method?: string
  readonly headers?: Record<string, string>
  readonly body?: string
}

const noBody = {} as Body

const send = async (path: string, { method = 'GET', headers, body }: Request = {}) => {
  const response = await fetch(api.url + path, {
    method,
    headers: { 'x-api-key': api.key, ...headers },
    ...(body !== undefined && { body }),
  })
  return {
    status: response.status,
    headers: response.headers,
    body: method === 'HEAD' ? noBody : await bodyOf(response),
  }
}

const sendBare = async (path: string, headers: Record<string, string> = {}) => {
  const response = await fetch(api.url + path, { headers })
  return { status: response.status, headers: response.headers, body: await bodyOf(response) }
}

const predictPath = (a: string, b = '1.0') => `/predict/feature_a/${a}/feature_b/${b}`

describe('without a valid key', () => {
  const paths = [
    '/predict',
    predictPath('1.0'),
    predictPath('abc'),
    '/predict-slow/x',
    '/no/such/path',
  ]

  test.each(paths)('%s answers 401 when there is no key', async (path) => {
    const { status, body, headers } = await sendBare(path)
    expect(status).toBe(401)
    expect(body).toMatchObject({ error: true, message: 'No API Key provided' })
    expect(headers.get('www-authenticate')).toContain('ApiKey')
  })

  test.each(paths)('%s answers 401 when the key is wrong', async (path) => {
    const { status, body } = await sendBare(path, { 'x-api-key': 'wrong' })
    expect(status).toBe(401)
    expect(body).toMatchObject({ error: true, message: 'Invalid API Key' })
  })

  test('all kinds of wrong keys get the same answer', async () => {
    const now = Date.now()
    const by = { actor: 'cli:test', now } as const
    const expired = await createKey(api.db, { name: 'expired', expiresAt: now - 1 }, by)
    const disabled = await createKey(api.db, { name: 'disabled' }, by)
    await disableKey(api.db, disabled.stored.id, by)
    const revoked = await createKey(api.db, { name: 'revoked' }, by)
    await revokeKey(api.db, revoked.stored.id, by)
    const wrong = ['unknown', 'mal formed', "' OR '1'='1", '"; DROP TABLE api_keys; --']
    const answers = []
    for (const key of [...wrong, expired.key, disabled.key, revoked.key]) {
      const { status, body } = await sendBare(predictPath('1.0'), { 'x-api-key': key })
      expect(status).toBe(401)
      answers.push({ ...body, request_id: '' })
    }
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
  })
})

describe('GET /predict', () => {
  test('answers with the class and the probabilities in class order', async () => {
    const { status, body, headers } = await send(predictPath('1.0'))
    expect(status).toBe(200)
    expect(Object.keys(body)).toEqual(['class', 'class_probabilities'])
    expect(body.class).toBe(1)
    const [p0, p1] = body.class_probabilities
    expect(p0).toBeCloseTo(0.0917, 4)
    expect(p1).toBeCloseTo(0.9083, 4)
    expect(p0 + p1).toBeCloseTo(1, 12)
    expect(headers.get('x-model-version')).toMatch(/^1-[0-9a-f]{8}$/)
  })

  test.each(['1e3', '-2', '.5', '+1', '1.', '0', '-0', '1E-3', '%2B1', '1e-999'])(
    'takes %s for a number',
    async (text) => {
      expect((await send(predictPath(text))).status).toBe(200)
    },
  )

  test.each([
    'abc',
    '',
    'nan',
    'NaN',
    'inf',
    '-inf',
    'Infinity',
    '0x10',
    '1_000',
    '1e999',
    '-1e999',
    '1,5',
    '1.2.3',
    '%20',
    '1%20',
    '%zz',
    '%00',
    '１',
    'null',
  ])('does not take %j for a number', async (text) => {
    const { status, body } = await send(predictPath(text))
    expect(status).toBe(400)
    expect(body).toMatchObject({
      error: true,
      message: 'Input features were not valid floats',
      code: 'invalid_features',
      detail: [{ field: 'feature_a' }],
    })
  })

  test('an empty last part is not a number either', async () => {
    expect((await send(predictPath('1.0', ''))).status).toBe(400)
  })

  test('numbers as large as a double still give finite probabilities', async () => {
    const { body } = await send(predictPath('1.7e308', '-1.7e308'))
    expect(body.class_probabilities.every(Number.isFinite)).toBe(true)
  })

  test('HEAD answers like GET, without the body', async () => {
    expect((await send(predictPath('1.0'), { method: 'HEAD' })).status).toBe(200)
  })
})

describe('POST /predict-slow', () => {
  const post = (body: string) => send('/predict-slow', { method: 'POST', body })

  const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

  test.each([
    ['with a Content-Type', { 'content-type': 'application/json' }],
    ['with another Content-Type', { 'content-type': 'text/plain' }],
    ['without one', undefined],
  ])('takes features %s', async (_, contentType) => {
    // A body of bytes, since fetch gives text a Content-Type of its own.
    const response = await fetch(`${api.url}/predict-slow`, {
      method: 'POST',
      headers: { 'x-api-key': api.key, ...contentType },
      body: new TextEncoder().encode('{"feature_a": 1.3, "feature_b": -3.2}'),
    })
    const body = await bodyOf(response)
    expect(response.status).toBe(202)
    expect(body).toEqual({ id: expect.stringMatching(uuid) })
    expect(response.headers.get('location')).toBe(`/predict-slow/${body.id}`)
  })

  test('takes numbers given as text, and leaves other members alone', async () => {
    expect((await post('{"feature_a": "1.3", "feature_b": "-3.2", "x": []}')).status).toBe(202)
  })

  test.each(['', '  ', '{', 'feature_a=1', '{"feature_a": 1,}', '\u0000'])(
    'a body of %j is not valid JSON',
    async (text) => {
      const { status, body } = await post(text)
      expect(status).toBe(400)
      expect(body).toMatchObject({ error: true, code: 'invalid_body' })
      expect(body.message).toMatch(/not valid JSON/)
    },
  )

  test.each([
    ['an array', '[]', ''],
    ['null', 'null', ''],
    ['a number', '1', ''],
    ['a missing feature', '{"feature_a": 1.3}', 'feature_b'],
    ['a null', '{"feature_a": null, "feature_b": 1}', 'feature_a'],
    ['a boolean', '{"feature_a": true, "feature_b": 1}', 'feature_a'],
    ['NaN', '{"feature_a": NaN, "feature_b": 1}', ''],
    ['NaN as text', '{"feature_a": "NaN", "feature_b": 1}', 'feature_a'],
    ['text', '{"feature_a": 1, "feature_b": "abc"}', 'feature_b'],
    ['an empty text', '{"feature_a": 1, "feature_b": ""}', 'feature_b'],
    ['an object', '{"feature_a": 1, "feature_b": {}}', 'feature_b'],
    ['a number too large for a double', '{"feature_a": 1e999, "feature_b": 1}', 'feature_a'],
    ['features that are only inherited', '{"__proto__": {"feature_a": 1}}', 'feature_a'],
  ])('%s is an invalid body, and the detail says which field', async (_, text, field) => {
    const { status, body } = await post(text)
    expect(status).toBe(400)
    expect(body).toMatchObject({ error: true, message: 'Invalid request body' })
    expect(body.detail[0].field).toBe(field)
  })

  test('takes a body that comes in pieces, and no more of them than the limit', async () => {
    const chunked = (pieces: string[]) =>
      fetch(`${api.url}/predict-slow`, {
        method: 'POST',
        headers: { 'x-api-key': api.key },
        body: ReadableStream.from(pieces.map((piece) => new TextEncoder().encode(piece))),
        duplex: 'half',
      } as RequestInit)
    expect((await chunked(['{"feature_a": 1.3,', ' "feature_b": -3.2}'])).status).toBe(202)
    expect((await chunked(['{', 'x'.repeat(2 ** 20), '}'])).status).toBe(413)
  })

  test('a body over the limit is refused', async () => {
    const { status, body } = await post(`{"feature_a": "${'1'.repeat(2 ** 20)}"}`)
    expect(status).toBe(413)
    expect(body).toMatchObject({ error: true, code: 'body_too_large' })
  })
})

describe('GET /predict-slow/{id}', () => {
  const submit = async () => {
    const body = '{"feature_a": 1.3, "feature_b": -3.2}'
    return (await send('/predict-slow', { method: 'POST', body })).body.id
  }

  const claim = async (id: string) => {
    const rows = await claimNextJobs(api.db, { now: Date.now(), limit: 1000 })
    const row = rows.find((claimed) => claimed.id === id)
    if (row === undefined) throw new Error('the job should have been waiting')
    return row
  }

  const finish = async (id: string) => {
    const result = JSON.stringify({
      class: 0,
      class_probabilities: [0.9, 0.1],
      model_version: '1-abc',
    })
    await succeedJob(api.db, await claim(id), { result, now: Date.now() })
  }

  test('is 404 until the result is ready, and says that it is on its way', async () => {
    const { status, body, headers } = await send(`/predict-slow/${await submit()}`)
    expect(status).toBe(404)
    expect(body).toMatchObject({ error: true, code: 'not_ready' })
    expect(headers.get('retry-after')).toBe('1')
  })

  test('is the class once it is ready', async () => {
    const id = await submit()
    await finish(id)
    const { status, body, headers } = await send(`/predict-slow/${id}`)
    expect(status).toBe(200)
    expect(body).toEqual({ class: 0 })
    expect(headers.get('x-model-version')).toBe('1-abc')
  })

  test('is found under its id in capitals too', async () => {
    const id = await submit()
    await finish(id)
    expect((await send(`/predict-slow/${id.toUpperCase()}`)).status).toBe(200)
  })

  test('is 500 with the reason when the prediction failed', async () => {
    const id = await submit()
    await failJob(api.db, await claim(id), { error: 'too cold', now: Date.now() })
    const { status, body } = await send(`/predict-slow/${id}`)
    expect(status).toBe(500)
    expect(body).toMatchObject({
      code: 'prediction_failed',
      message: expect.stringMatching(/cold/),
    })
  })

  test.each(['00000000-0000-4000-8000-000000000000', 'x', '1', "' OR 1=1", '%zz'])(
    'is 404 for %s',
    async (id) => {
      const { status, body } = await send(`/predict-slow/${id}`)
      expect(status).toBe(404)
      expect(body).toMatchObject({ error: true, code: 'not_found' })
    },
  )

  test("another key's prediction looks just like one that never was", async () => {
    const id = await submit()
    await finish(id)
    const theirs = await sendBare(`/predict-slow/${id}`, { 'x-api-key': api.otherKey })
    const nobodys = await send('/predict-slow/00000000-0000-4000-8000-000000000000')
    expect(theirs.status).toBe(404)
    expect({ ...theirs.body, request_id: '' }).toEqual({ ...nobodys.body, request_id: '' })
  })
})

describe('with a valid key', () => {
  test.each([
    ['POST', predictPath('1.0'), 'GET, HEAD'],
    ['DELETE', '/predict-slow', 'POST'],
    ['GET', '/predict-slow', 'POST'],
    ['PUT', '/predict-slow/x', 'GET, HEAD'],
    ['OPTIONS', '/predict-slow', 'POST'],
  ])('%s %s is 405 and says what is allowed', async (method, path, allow) => {
    const { status, body, headers } = await send(path, { method })
    expect(status).toBe(405)
    expect(headers.get('allow')).toBe(allow)
    expect(body).toMatchObject({ error: true, code: 'method_not_allowed' })
  })

  test.each(['/no', '/no/such/path', '/predict/', '/predict-slow/', '/predict/x/1'])(
    '%s is 404',
    async (path) => {
      const { status, body } = await send(path)
      expect(status).toBe(404)
      expect(body).toMatchObject({ error: true, code: 'not_found' })
    },
  )

  test.each(['/predict/', '/predict/x/1'])('POST %s is 404 too', async (path) => {
    expect((await send(path, { method: 'POST' })).status).toBe(404)
  })

  test('a path without one of the features says what the path should be', async () => {
    const { status, body } = await send('/predict/feature_a/1.0')
    expect(status).toBe(404)
    expect(body.message).toContain('/predict/feature_a/{number}/feature_b/{number}')
  })
})
