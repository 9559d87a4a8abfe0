import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type RunningApi, runApi } from '../running-api.ts'
import {
  type Asked,
  binaryHead,
  type Client,
  clientOf,
  input,
  lengthOf,
  ones,
} from './v2-client.ts'

// Errors in the form of the protocol, those of the authentication and of the limits too.

let api: RunningApi
let client: Client
beforeAll(async () => {
  api = await runApi()
  client = clientOf(api)
})
afterAll(() => api.stop())

describe('an error', () => {
  test.each([
    ['{', 'The body is not JSON: '],
    ['{}', '"inputs" is missing'],
    ['{"inputs":{}}', '"inputs" must be an array'],
    [input({ shape: undefined }), 'inputs[0].shape'],
    [input({ shape: [2, 2], data: [1, 2, 3] }), 'shape [2,2] takes 4 elements, data has 3'],
    [input({ shape: [1, 3], data: [1, 2, 3] }), 'input "input" must have the shape [-1,2]'],
    [{ ...input(), outputs: [{ name: 'nope' }] }, 'It has predict, predict_proba'],
    [input({ data: ['a', 1] }), 'inputs[0].data[0]'],
    [
      '{"inputs":[{"name":"input","shape":[1,2],"datatype":"FP64","data":[NaN,1]}]}',
      'inputs[0].data[0]',
    ],
  ])('of the body %j is text', async (body, text) => {
    const answer = await client.infer(body)
    expect(answer).toMatchObject({
      status: 400,
      type: 'application/json',
      json: {
        error: expect.stringContaining(text),
        code: 'invalid_body',
        request_id: expect.any(String),
      },
    })
  })

  const ask = { body: JSON.stringify(input()) }

  test.each([
    [
      'an unknown model',
      '/v2/models/nope/infer',
      ask,
      404,
      'There is no model "nope". There is "default"',
    ],
    [
      'an unknown version',
      '/v2/models/default/versions/9/infer',
      ask,
      404,
      'no version with this number',
    ],
    ['a name with a slash', '/v2/models/a/b/infer', ask, 404, 'Not found'],
    ['a name with an encoded slash', '/v2/models/a%2Fb', {}, 404, 'There is no model "a/b"'],
    ['a path that is not there', '/v2/nothing', {}, 404, 'Not found'],
    ['another method', '/v2/models/default/infer', {}, 405, 'Use POST'],
    ['no key', '/v2/models/default', { headers: { 'x-api-key': '' } }, 401, 'No API Key provided'],
    ['a wrong key', '/v2/health', { headers: { 'x-api-key': 'wrong' } }, 401, 'Invalid API Key'],
    [
      'an unknown coding',
      '/v2/models/default/infer',
      { ...ask, headers: { 'content-encoding': 'br' } },
      415,
      'gzip or deflate',
    ],
    [
      'what is not gzip',
      '/v2/models/default/infer',
      { ...ask, headers: { 'content-encoding': 'gzip' } },
      400,
      'Content-Encoding gzip',
    ],
    [
      'a wrong Expect',
      '/v2/models/default/infer',
      { ...ask, headers: { expect: 'x' } },
      417,
      'Expect',
    ],
    [
      'unloading',
      '/v2/repository/models/default/unload',
      { body: '{}' },
      501,
      'dsapi model remove',
    ],
    [
      'a tensor without its header',
      '/v2/models/default/infer',
      { body: Buffer.concat([Buffer.from(binaryHead), ones]) },
      400,
      'Inference-Header-Content-Length',
    ],
    [
      'a wrong header',
      '/v2/models/default/infer',
      { ...ask, headers: lengthOf('abc') },
      400,
      'Inference-Header-Content-Length',
    ],
  ])('of %s is text', async (_, path, asked: Asked, status, text) => {
    const answer = await client.json(path, asked)
    expect(answer).toMatchObject({
      status,
      type: 'application/json',
      json: { error: expect.stringContaining(text) },
    })
  })

  test('names what would be accepted', async () => {
    expect((await client.send('/v2/models/default/infer')).headers.allow).toBe('POST')
    const coded = await client.send('/v2/models/default/infer', {
      ...ask,
      headers: { 'content-encoding': 'br' },
    })
    expect(coded.headers['accept-encoding']).toBe('gzip, deflate')
    const keyless = await client.send('/v2', { headers: { 'x-api-key': '' } })
    expect(keyless.headers['www-authenticate']).toContain('ApiKey')
  })

  test('of a body that is too large, also once it is decompressed', async () => {
    const small = await runApi({ config: { maxInstances: 10_000 } })
    const post = (body: Buffer, headers: Record<string, string> = {}) =>
      fetch(`${small.url}/v2/models/default/infer`, {
        method: 'POST',
        headers: { 'x-api-key': small.key, ...headers },
        body,
      })
    try {
      const spaces = Buffer.alloc(50_000_000, ' ')
      const large = await post(spaces.subarray(0, 10_001))
      expect(large.status).toBe(413)
      expect(await large.json()).toMatchObject({
        error: 'The body is larger than 10000 bytes',
        code: 'body_too_large',
      })
      const bomb = await post(gzipSync(spaces).subarray(0, 9000), { 'content-encoding': 'gzip' })
      expect(bomb.status).toBe(413)
      const inside = await post(gzipSync(spaces.subarray(0, 10_000)), {
        'content-encoding': 'gzip',
      })
      expect(inside.status).toBe(400)
    } finally {
      await small.stop()
    }
  })

  test('of a key that is limited or lacks the scope', async () => {
    const { key } = await api.makeKey({ scopes: ['jobs'], rate: { requests: 1, seconds: 3600 } })
    const headers = { 'x-api-key': key }
    const unscoped = await client.json('/v2/models/default/infer', { ...ask, headers })
    expect(unscoped).toMatchObject({
      status: 403,
      json: { error: 'This API Key lacks the scope predict' },
    })
    const limited = await client.json('/v2', { headers })
    expect(limited).toMatchObject({
      status: 429,
      json: { error: expect.stringContaining('Too many requests') },
    })
  })
})

test('a key may come as the password of Basic, as a plugin of tritonclient sends it', async () => {
  const basic = Buffer.from(`triton:${api.key}`).toString('base64')
  const headers = { 'x-api-key': '', authorization: `Basic ${basic}` }
  expect((await client.send('/v2', { headers })).status).toBe(200)
})
