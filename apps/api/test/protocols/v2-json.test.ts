import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type RunningApi, runApi } from '../running-api.ts'
import {
  both,
  type Client,
  clientOf,
  input,
  predict,
  predictProba,
  probabilities,
} from './v2-client.ts'

// Requests of the Open Inference Protocol as clients send them, over real sockets, and what they are answered.

let api: RunningApi
let client: Client
beforeAll(async () => {
  api = await runApi()
  client = clientOf(api)
})
afterAll(() => api.stop())

describe('what a server and its models are', () => {
  const server = {
    name: 'dsapi',
    version: '0.1.0',
    extensions: ['binary_tensor_data', 'classification', 'parameters', 'model_repository'],
  }
  const model = {
    name: 'default',
    versions: ['1'],
    platform: 'dsapi_logistic-regression',
    inputs: [{ name: 'input', datatype: 'FP64', shape: [-1, 2] }],
    outputs: [
      { name: 'predict', datatype: 'INT64', shape: [-1] },
      { name: 'predict_proba', datatype: 'FP64', shape: [-1, 2] },
    ],
  }
  const ready = { name: 'default', ready: true }

  test.each([
    ['/v2', server],
    ['/v2/', server],
    ['/v2/health/live', { live: true }],
    ['/v2/health/ready', { live: true, ready: true }],
    ['/v2/models', { models: ['default'] }],
    ['/v2/models/default', model],
    ['/v2/models/default/', model],
    ['/v2/models/default/versions/1', model],
    ['/v2/models/default/ready', ready],
    ['/v2/models/default/versions/1/ready', ready],
  ])('GET %s', async (path, expected) => {
    const answer = await client.json(path)
    expect(answer).toEqual({ status: 200, type: 'application/json', json: expected })
  })

  test('the index needs no body', async () => {
    const models = [{ name: 'default', version: '1', state: 'READY', reason: '' }]
    expect((await client.json('/v2/repository/index', { method: 'POST' })).json).toEqual(models)
    expect((await client.json('/v2/repository/index', { body: '{"ready":true}' })).json).toEqual(
      models,
    )
  })

  test('probes need no key', async () => {
    for (const path of [
      '/v2/health/live',
      '/v2/health/ready',
      '/v2/models/default/ready',
      '/v2/models/default/versions/1/ready/',
    ])
      expect((await fetch(api.url + path)).status).toBe(200)
    for (const path of ['/v2', '/v2/models/default', '/v2/models'])
      expect((await fetch(api.url + path)).status).toBe(401)
  })

  test('a probe for a model that does not exist names none of the others', async () => {
    const answer = await fetch(`${api.url}/v2/models/nope/ready`)
    expect(answer.status).toBe(404)
    expect(await answer.json()).toMatchObject({ error: 'There is no model "nope"' })
  })
})

describe('JSON tensors', () => {
  test.each([
    [
      'as tritonclient sends them',
      { ...input(), outputs: [{ name: 'predict', parameters: { binary_data: false } }] },
      { ...both, outputs: [predict] },
    ],
    [
      "as KServe's client sends them",
      { id: '7', model_name: 'dsapi', ...input() },
      { id: '7', ...both },
    ],
    [
      'nested, of another number type',
      {
        ...input({
          shape: [2, 2],
          datatype: 'INT32',
          data: [
            [1, 1],
            [1, 1],
          ],
        }),
        outputs: [{ name: 'predict_proba' }],
      },
      {
        ...both,
        outputs: [{ ...predictProba, shape: [2, 2], data: [...probabilities, ...probabilities] }],
      },
    ],
    [
      "as MLServer's codec of pandas sends them",
      {
        parameters: { content_type: 'pd' },
        inputs: [
          { name: 'feature_b', datatype: 'FP64', shape: [1, 1], data: [1] },
          { name: 'feature_a', datatype: 'FP64', shape: [1, 1], data: [1] },
        ],
      },
      both,
    ],
    [
      'with classification',
      { ...input(), outputs: [{ name: 'predict_proba', parameters: { classification: 2 } }] },
      {
        ...both,
        outputs: [
          {
            name: 'predict_proba',
            datatype: 'BYTES',
            shape: [1, 2],
            data: ['0.908336089786579:1:1', '0.09166391021342093:0:0'],
          },
        ],
      },
    ],
    [
      'without rows',
      input({ shape: [0, 2], data: [] }),
      {
        ...both,
        outputs: [
          { ...predict, shape: [0], data: [] },
          { ...predictProba, shape: [0, 2], data: [] },
        ],
      },
    ],
    [
      'with parameters that nobody reads',
      { ...input(), parameters: { priority: 1, timeout: 1_000_000, tag: 'a', n: 3, triton_x: 1 } },
      both,
    ],
  ])('%s', async (_, body, expected) => {
    expect(await client.infer(body)).toEqual({
      status: 200,
      type: 'application/json',
      json: expected,
    })
    const versioned = await client.json('/v2/models/default/versions/1/infer', {
      body: JSON.stringify(body),
    })
    expect(versioned.json).toEqual(expected)
  })

  test('a large body is answered as a small one', async () => {
    const n = 5000
    const data = Array.from({ length: 2 * n }, () => 1)
    const { status, json: answer } = await client.infer({
      ...input({ shape: [n, 2], data }),
      outputs: [{ name: 'predict' }],
    })
    expect(status).toBe(200)
    expect(answer.outputs[0]).toMatchObject({
      shape: [n],
      data: Array.from({ length: n }, () => 1),
    })
    const wrong = await client.infer(input({ shape: [n, 2], data: data.with(77, Number.NaN) }))
    expect(wrong).toMatchObject({
      status: 400,
      json: { detail: [{ field: 'inputs[0].data[77]' }] },
    })
  })
})
