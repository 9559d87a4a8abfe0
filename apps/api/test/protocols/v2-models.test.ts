import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Asking, addVersion, asking, constant } from '../models/models-api.ts'
import { type RunningApi, runApi } from '../running-api.ts'
import { type Client, clientOf, input, lengthOf, ones } from './v2-client.ts'

// Several models and versions in the Open Inference Protocol.

let api: RunningApi
let client: Client
let admin: Asking
beforeAll(async () => {
  api = await runApi()
  const { key } = await api.makeKey({ scopes: ['predict', 'jobs', 'admin'] })
  admin = asking(api.url, key)
  client = clientOf({ url: api.url, key })
  await addVersion(admin, 'churn', { ...constant(0), classes: ['no', 'yes'] })
  await addVersion(admin, 'churn', { ...constant(1), classes: ['no', 'yes'] }, '?serve=false')
})
afterAll(() => api.stop())

const infer = async (path: string) => {
  const { json } = await client.infer(input(), path)
  return { version: json.model_version, label: json.outputs[0].data[0] }
}

test('each model answers under its name, and any version under its number', async () => {
  expect(await infer('/v2/models/churn/infer')).toEqual({ version: '1', label: 'no' })
  expect(await infer('/v2/models/churn/versions/2/infer')).toEqual({ version: '2', label: 'yes' })
  expect((await client.json('/v2/models/churn')).json).toMatchObject({
    versions: ['1', '2'],
    outputs: [{ name: 'predict', datatype: 'BYTES' }, {}],
  })
  expect((await client.json('/v2/models')).json).toEqual({ models: ['churn', 'default'] })
})

test('text classes are BYTES, with their lengths in binary form', async () => {
  const body = Buffer.concat([ones])
  const path = '/v2/models/churn/infer'
  const answer = await client.send(path, { body, headers: lengthOf(0) })
  const at = Number(answer.headers['inference-header-content-length'])
  expect([...answer.body.subarray(at, at + 6)]).toEqual([2, 0, 0, 0, 0x6e, 0x6f])
})

test('a probe without a key finds versions that take part in requests, and loads no other', async () => {
  const status = async (path: string) => (await fetch(api.url + path)).status
  expect(await status('/v2/models/churn/ready')).toBe(200)
  expect(await status('/v2/models/churn/versions/1/ready')).toBe(200)
  expect(await status('/v2/models/churn/versions/2/ready')).toBe(404)
})

describe('a key that is bound to a model', () => {
  test('finds no other, as if there were none', async () => {
    const { key } = await api.makeKey({ models: ['churn'] })
    const bound = clientOf({ url: api.url, key })
    const about = async (model: string) => {
      const asked = ['', '/versions/1', '/infer', '/versions/1/infer'].map((path) =>
        path.endsWith('infer')
          ? bound.infer(input(), `/v2/models/${model}${path}`)
          : bound.json(`/v2/models/${model}${path}`),
      )
      return (await Promise.all(asked)).map(({ status, json }) => ({
        status,
        error: json.error?.replace(model, 'it'),
      }))
    }
    expect(await about('default')).toEqual(await about('unknown'))
    expect((await about('unknown'))[0].status).toBe(404)
    expect((await about('churn')).map(({ status }) => status)).toEqual([200, 200, 200, 200])
    expect((await bound.json('/v2/models')).json).toEqual({ models: ['churn'] })
    const index = await bound.json('/v2/repository/index', { method: 'POST' })
    expect(index.json).toMatchObject([{ name: 'churn', version: '1', state: 'READY' }])
  })
})

test('requests are counted with their protocol', async () => {
  await infer('/v2/models/default/infer')
  const text = await (await fetch(api.metricsUrl ?? '')).text()
  expect(text).toMatch(
    /dsapi_http_requests_total\{method="POST",route="\/v2\/models\/:model\/infer",status="200",protocol="v2"\} /,
  )
})

describe('loading a model', () => {
  const path = '/v2/repository/models/churn/load'
  const load = (body: string) => client.json(path, { body })

  test('leaves what is served as it is, without a version', async () => {
    const loaded = { status: 200, json: { name: 'churn', load: true } }
    expect(await load('{"parameters":{}}')).toMatchObject(loaded)
    expect(await client.json(path, { method: 'POST' })).toMatchObject(loaded)
    expect(await infer('/v2/models/churn/infer')).toMatchObject({ version: '1' })
  })

  test('serves the version that it names before it answers', async () => {
    expect((await load('{"parameters":{"version":"2"}}')).status).toBe(200)
    expect(await infer('/v2/models/churn/infer')).toEqual({ version: '2', label: 'yes' })
  })

  test.each([
    ['an unknown version', '{"parameters":{"version":"9"}}', 404],
    ['no version', '{"parameters":{"version":true}}', 400],
    ['no JSON', '{', 400],
  ])('refuses %s', async (_, body, status) => {
    expect(await load(body)).toMatchObject({ status, json: { error: expect.any(String) } })
  })

  test('is for the scope admin', async () => {
    const headers = { 'x-api-key': api.key }
    expect((await client.json(path, { body: '{}', headers })).status).toBe(403)
  })
})
