import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createClient, DsapiError } from '@dsapi/client'
import { createV2Client, type NamedTensor, type V2Client } from '@dsapi/client/v2'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { addCapturedModels, rows } from '../protocols/captured-models.ts'
import { type RunningApi, runApi } from '../running-api.ts'
import { startRelay } from './relay.ts'

// The client of the Open Inference Protocol against a dsapi, and against what other servers answer.

let api: RunningApi
let key: string
let client: V2Client
beforeAll(async () => {
  api = await runApi()
  key = await addCapturedModels(api)
  client = createV2Client({ baseUrl: api.url, apiKey: key })
})
afterAll(() => api.stop())

const errorOf = async (promise: Promise<unknown>) => {
  const error = await promise.then(
    () => undefined,
    (error: unknown) => error,
  )
  if (error instanceof DsapiError) return error
  throw new Error('it should have been refused', { cause: error })
}

const singles = (model: string): NamedTensor => ({
  name: 'input',
  datatype: 'FP32',
  shape: [rows[model].length, rows[model][0].length],
  data: Float32Array.from(rows[model].flat(), (value) => value ?? Number.NaN),
})

const asJson = { form: 'json' } as const

describe('a server', () => {
  test('describes itself and its models', async () => {
    expect(await client.ready()).toBe(true)
    expect(await client.server()).toMatchObject({ name: 'dsapi' })
    expect(await client.model('species', { version: '1' })).toMatchObject({
      versions: ['1'],
      inputs: [{ name: 'input', datatype: 'FP64', shape: [-1, 2] }],
    })
  })
})

describe('a model', () => {
  test('answers typed arrays with typed arrays', async () => {
    const answer = await client.infer('risk', { inputs: [singles('risk')], id: 'seven' })
    expect(answer).toEqual({
      modelName: 'risk',
      modelVersion: '1',
      id: 'seven',
      outputs: {
        predict: { datatype: 'INT64', shape: [2], data: BigInt64Array.of(0n, 1n) },
        predict_proba: {
          datatype: 'FP64',
          shape: [2, 2],
          // The probabilities of the second class are those of XGBoost.
          data: Float64Array.of(
            0.6086034774780273,
            0.39139655232429504,
            0.48903584480285645,
            0.5109641551971436,
          ),
        },
      },
    })
  })

  test.each(['risk', 'price', 'species'])('answers the same in JSON: %s', async (model) => {
    const inputs = [singles(model)]
    const binary = await client.infer(model, { inputs })
    expect(await client.infer(model, { inputs, ...asJson })).toEqual(binary)
  })

  test('answers the outputs that are asked for, and the most probable classes', async () => {
    const outputs = ['predict', { name: 'predict_proba', classification: 1 }]
    for (const form of ['binary', 'json'] as const) {
      const asked = { inputs: [singles('species')], outputs, form }
      const answer = await client.infer('species', asked, { version: '1' })
      expect(answer.outputs).toEqual({
        predict: { datatype: 'BYTES', shape: [2], data: ['setosa', 'versicolor'] },
        predict_proba: {
          datatype: 'BYTES',
          shape: [2, 1],
          data: ['0.6652409557748219:0:setosa', '0.8668133321973349:1:versicolor'],
        },
      })
    }
  })

  test('takes a tensor for each feature', async () => {
    const inputs: readonly NamedTensor[] = [
      { name: 'width', datatype: 'INT64', shape: [2, 1], data: BigInt64Array.of(0n, 2n) },
      { name: 'length', datatype: 'UINT8', shape: [2, 1], data: Uint8Array.of(1, 0) },
    ]
    for (const form of ['binary', 'json'] as const) {
      const { outputs } = await client.infer('species', { inputs, outputs: ['predict'], form })
      expect(outputs.predict.data).toEqual(['setosa', 'versicolor'])
    }
  })

  test('answers missing values', async () => {
    const input = singles('risk-missing')
    const { outputs } = await client.infer('risk', { inputs: [input] })
    expect(outputs).toMatchObject({ predict_proba: { data: { 1: 0.37675225734710693 } } })
    expect((await client.infer('risk', { inputs: [input], ...asJson })).outputs).toEqual(outputs)
  })

  test('is asked again over a network that fails', async () => {
    const relay = await startRelay(api.url)
    onTestFinished(relay.stop)
    relay.breakNext(2)
    const own = createV2Client({ baseUrl: relay.url, apiKey: key })
    const { outputs } = await own.infer('price', { inputs: [singles('price')] })
    expect(outputs).toMatchObject({ predict: { data: { 0: 0.1674111783504486 } } })
    expect(relay.requests()).toBe(3)
  })
})

describe('an error', () => {
  test('has the message, code and fields of dsapi', async () => {
    const input = { ...singles('price'), shape: [5, 2] }
    expect(await errorOf(client.infer('price', { inputs: [input] }))).toMatchObject({
      status: 400,
      code: 'invalid_body',
      message:
        'The input "input" must have the shape [-1,5], or a tensor [-1] for each of f0, f1, f2, f3, f4, not [5,2]',
      detail: [{ field: 'inputs[0].shape' }],
      requestId: expect.any(String),
    })
    const unknown = await errorOf(client.infer('nothing', { inputs: [singles('price')] }))
    expect(unknown).toMatchObject({ status: 404, code: 'not_found' })
  })

  test('of a request that cannot be written rejects before it is sent', async () => {
    const input = { ...singles('price'), shape: [3, 5] }
    await expect(client.infer('price', { inputs: [input] })).rejects.toThrow(
      'The shape [3,5] of the input input takes 15 elements, and there are 10',
    )
    const infinite = { ...singles('price'), data: new Float32Array(10).fill(Infinity) }
    const sent = client.infer('price', { inputs: [infinite as NamedTensor], ...asJson })
    await expect(sent).rejects.toThrow('Infinity cannot be sent as JSON')
  })
})

describe('another server', () => {
  /** A client of a server that answers every request so. */
  const answering = async (status: number, body: unknown) => {
    const server = createServer((_, response) => {
      response.writeHead(status, { 'content-type': 'application/json' })
      response.end(typeof body === 'string' ? body : JSON.stringify(body))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void server.close())
    const { port } = server.address() as AddressInfo
    return createV2Client({ baseUrl: `http://127.0.0.1:${port}`, headers: { authorization: 'x' } })
  }
  const asked = { inputs: [singles('price')] }

  test('may answer in JSON, without versions, with nested data', async () => {
    const output = {
      name: 'output-0',
      datatype: 'FP32',
      shape: [2, 2],
      data: [
        [1, 2],
        [null, 4],
      ],
    }
    const own = await answering(200, { model_name: 'm', id: '1', outputs: [output] })
    expect(await own.infer('m', asked)).toEqual({
      modelName: 'm',
      modelVersion: undefined,
      id: '1',
      outputs: {
        'output-0': { datatype: 'FP32', shape: [2, 2], data: Float32Array.of(1, 2, Number.NaN, 4) },
      },
    })
  })

  test('has errors without a code', async () => {
    const own = await answering(400, { error: 'unexpected shape' })
    expect(await errorOf(own.infer('m', asked))).toMatchObject({
      status: 400,
      code: 'v2_error',
      message: 'unexpected shape',
    })
  })

  test.each([
    ['no JSON', '<html>'],
    ['an output without a name', { outputs: [{ datatype: 'FP32', shape: [1], data: [1] }] }],
    ['an unknown datatype', { outputs: [{ name: 'a', datatype: 'X', shape: [1], data: [1] }] }],
    ['too few elements', { outputs: [{ name: 'a', datatype: 'FP32', shape: [2], data: [1] }] }],
    ['text for a number', { outputs: [{ name: 'a', datatype: 'INT8', shape: [1], data: ['1'] }] }],
    [
      'a tensor that is not there',
      {
        outputs: [{ name: 'a', datatype: 'INT8', shape: [1], parameters: { binary_data_size: 1 } }],
      },
    ],
  ])('that answers %s is refused', async (_, body) => {
    const own = await answering(200, body)
    expect(await errorOf(own.infer('m', asked))).toMatchObject({ code: 'unexpected_answer' })
  })
})

describe('rows of numbers', () => {
  test('are predicted as objects are', async () => {
    const usual = createClient({ baseUrl: api.url, apiKey: key })
    const typed = await usual.predictRows(Float64Array.of(1.3, -3.2, 1, 1), { width: 2 })
    const one = (row: number) => ({
      class: typed.predict[row],
      class_probabilities: Array.from(typed.probabilities?.subarray(2 * row, 2 * row + 2) ?? []),
    })
    const instances = [
      [1.3, -3.2],
      [1, 1],
    ]
    expect(await usual.predictMany(instances)).toEqual([one(0), one(1)])
  })

  test('of a model with text classes, and of one with values', async () => {
    const { models } = createClient({ baseUrl: api.url, apiKey: key })
    const species = await models.predictRows('species', Float32Array.of(1, 0, 0, 2), { width: 2 })
    expect(species.predict).toEqual(['setosa', 'versicolor'])
    const price = await models.predictRows('price', Float32Array.from(rows.price.flat(), Number), {
      width: 5,
      version: 1,
    })
    expect(price).toEqual({
      predict: Float64Array.of(0.1674111783504486, 1.2546852827072144),
      probabilities: undefined,
      modelVersion: '1',
    })
  })

  test('that do not fit the model are refused', async () => {
    const { predictRows } = createClient({ baseUrl: api.url, apiKey: key })
    const error = await errorOf(predictRows(new Float64Array(6), { width: 3 }))
    expect(error).toMatchObject({ status: 400, code: 'invalid_body' })
  })
})
