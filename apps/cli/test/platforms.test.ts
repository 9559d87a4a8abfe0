import { freePort, waitFor } from '@dsapi/testing'
import { describe, expect, test } from 'vitest'
import { generate, makeKey, ownEnvironment, spawned } from './dsapi.ts'

// A real server in the environment of a platform, asked as the platform asks it: without a key.

const ask = async (url: string, init?: RequestInit) => {
  const response = await fetch(url, init)
  return { status: response.status, body: await response.text() }
}
const post = (url: string, type: string, body: string) =>
  ask(url, { method: 'POST', headers: { 'content-type': type }, body })
const json = (url: string, body: unknown) => post(url, 'application/json', JSON.stringify(body))

const prepared = async () => {
  const env = await ownEnvironment()
  await generate(env)
  return { ...env, HOST: '127.0.0.1' }
}

describe('on SageMaker', () => {
  test('the routes of the platform need no key, and all others do', async () => {
    const env = await prepared()
    const { key } = await makeKey(env)
    const server = spawned(['serve', '--platform', 'sagemaker'], env)
    const url = await server.says(/Listening on (http:\S+?)[\s"]/)

    // On a busy machine the server may be overloaded at first.
    await waitFor(async () => (await ask(`${url}/ping`)).status === 200)
    expect(await ask(`${url}/ping`)).toEqual({ status: 200, body: '\n' })
    const one = { status: 200, body: '{"predictions":[1]}' }
    expect(await json(`${url}/invocations`, { instances: [[1, 1]] })).toEqual(one)
    expect(await post(`${url}/invocations`, 'text/csv', '1,1\n')).toEqual(one)
    expect(await post(`${url}/invocations`, 'text/csv', 'feature_b,feature_a\n1,1\n')).toEqual(one)

    expect(await json(`${url}/invocations`, {})).toMatchObject({
      status: 400,
      body: expect.stringContaining('"error_code":"BAD_REQUEST"'),
    })
    expect((await post(`${url}/invocations`, 'text/plain', '1,1')).status).toBe(415)
    for (const path of ['/models', '/invocations/', '/models/default/invocations', '/version']) {
      expect((await ask(url + path)).status).toBe(401)
    }
    const headers = { 'x-api-key': key, 'content-type': 'text/csv' }
    const named = { method: 'POST', headers, body: '1,1\n' }
    expect((await ask(`${url}/models/default/invocations`, named)).status).toBe(400)
    expect(await server.says(/"keyId":"sagemaker"/)).toBeTruthy()
  })
})

describe('on Vertex AI', () => {
  test('the port and the routes are those of the platform', async () => {
    const env = await prepared()
    const port = String(await freePort())
    const health = '/v1/endpoints/12/deployedModels/34'
    spawned(['serve', '--processes', '1'], {
      ...env,
      DSAPI_PLATFORM: 'vertex',
      AIP_HTTP_PORT: port,
      AIP_HEALTH_ROUTE: health,
      AIP_PREDICT_ROUTE: `${health}:predict`,
    })
    const url = `http://127.0.0.1:${port}`
    await expect
      .poll(async () => (await ask(url + health).catch(() => undefined))?.status, {
        timeout: 30_000,
      })
      .toBe(200)
    const predict = `${url}${health}:predict`
    expect(await json(predict, { instances: [[1, 1]], parameters: {} })).toEqual({
      status: 200,
      body: '{"predictions":[1]}',
    })
    const parameters = { signature_name: 'predict_proba' }
    const probabilities = await json(predict, { instances: [[1, 1]], parameters })
    expect(probabilities.body).toMatch(/^\{"predictions":\[\[0\.\d+,0\.\d+\]\]\}$/)
    expect(await json(predict, {})).toMatchObject({
      status: 400,
      body: expect.stringContaining('"error":"\\"instances\\"'),
    })
    expect((await ask(predict)).status).toBe(405)
    expect((await ask(`${url}/v1/models`)).status).toBe(401)
  })
})

test('an unknown platform is refused', async () => {
  const { code, stderr } = await spawned(
    ['serve', '--platform', 'azure'],
    await ownEnvironment(),
  ).ended()
  expect(code).toBe(2)
  expect(stderr).toContain('sagemaker, vertex')
})
