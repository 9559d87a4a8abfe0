import { setTimeout } from 'node:timers/promises'
import { deflateSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type RunningApi, runApi } from '../running-api.ts'
import {
  binaryHead,
  both,
  type Client,
  clientOf,
  lengthOf,
  ones,
  predict,
  probabilities,
  type RawAnswer,
} from './v2-client.ts'

// Binary tensors as tritonclient sends them.

let api: RunningApi
let client: Client
beforeAll(async () => {
  api = await runApi()
  client = clientOf(api)
})
afterAll(() => api.stop())

const answerHead =
  '{"id":"42","model_name":"default","model_version":"1","outputs":[{"name":"predict","datatype":"INT64","shape":[1],"parameters":{"binary_data_size":8}},{"name":"predict_proba","datatype":"FP64","shape":[1,2],"parameters":{"binary_data_size":16}}]}'
const answerTail = '0100000000000000521297384977b73fb51dedd81611ed3f'

describe('binary tensors', () => {
  const body = Buffer.concat([Buffer.from(binaryHead), ones])

  const expectBinary = (answer: RawAnswer, json = answerHead) => {
    expect(answer.status).toBe(200)
    expect(answer.headers).toMatchObject({
      'content-type': 'application/octet-stream',
      ...lengthOf(json.length),
      'content-length': String(json.length + 24),
    })
    expect(answer.body.subarray(0, json.length).toString()).toBe(json)
    expect(answer.body.subarray(json.length).toString('hex')).toBe(answerTail)
  }

  test('in both directions, without a Content-Type', async () => {
    expect(binaryHead).toHaveLength(149)
    expectBinary(await client.send('/v2/models/default/infer', { body, headers: lengthOf(149) }))
  })

  test.each([
    ['gzip', gzipSync(body)],
    ['deflate', deflateSync(body)],
  ])(
    'compressed by %s: the header still counts the JSON before compression',
    async (coding, compressed) => {
      const headers = { ...lengthOf(149), 'content-encoding': coding, 'accept-encoding': coding }
      expectBinary(await client.send('/v2/models/default/infer', { body: compressed, headers }))
    },
  )

  test('raw: the body is the tensor, and all outputs are binary', async () => {
    const answer = await client.send('/v2/models/default/infer', {
      body: ones,
      headers: lengthOf(0),
    })
    expectBinary(answer, answerHead.replace('"id":"42",', ''))
  })

  test('a column each, with JSON out', async () => {
    const columns =
      '{"inputs":[{"name":"feature_a","shape":[1,1],"datatype":"FP32","parameters":{"binary_data_size":4}},{"name":"feature_b","shape":[1,1],"datatype":"FP32","parameters":{"binary_data_size":4}}],"outputs":[{"name":"predict","parameters":{"binary_data":false}}]}'
    const sent = Buffer.concat([Buffer.from(columns), Buffer.from('0000803f0000803f', 'hex')])
    const answer = await client.json('/v2/models/default/infer', {
      body: sent,
      headers: lengthOf(256),
    })
    expect(answer).toEqual({
      status: 200,
      type: 'application/json',
      json: { ...both, outputs: [predict] },
    })
  })

  test('large, and whole for a client that reads it slowly', async () => {
    const n = 500_000
    const head = JSON.stringify({
      inputs: [
        { name: 'x', shape: [n, 2], datatype: 'FP32', parameters: { binary_data_size: 8 * n } },
      ],
      parameters: { binary_data_output: true },
    })
    const response = await fetch(`${api.url}/v2/models/default/infer`, {
      method: 'POST',
      headers: { 'x-api-key': api.key, 'accept-encoding': 'identity', ...lengthOf(head.length) },
      body: Buffer.concat([Buffer.from(head), Buffer.from(new Float32Array(2 * n).fill(1).buffer)]),
    })
    const parts: Uint8Array[] = []
    for await (const part of response.body ?? []) {
      parts.push(part)
      if (parts.length % 50 === 0) await setTimeout(1)
    }
    const all = Buffer.concat(parts)
    expect(all.length).toBe(Number(response.headers.get('content-length')))
    expect(all.readDoubleLE(all.length - 8)).toBe(probabilities[1])
  })

  test('large, from a thread, and compressed where the client takes that', async () => {
    const n = 20_000
    const large = JSON.stringify({
      inputs: [
        { name: 'x', shape: [n, 2], datatype: 'FP32', parameters: { binary_data_size: 8 * n } },
      ],
      parameters: { binary_data_output: true },
    })
    const sent = Buffer.concat([
      Buffer.from(large),
      Buffer.from(new Float32Array(2 * n).fill(1).buffer),
    ])
    const headers = lengthOf(large.length)
    const plain = await client.send('/v2/models/default/infer', { body: sent, headers })
    expect(plain.status).toBe(200)
    const at = Number(plain.headers['inference-header-content-length'])
    expect(plain.body.length).toBe(at + 24 * n)
    expect(plain.body.readDoubleLE(at + 8 * n)).toBe(probabilities[0])
    const response = await fetch(`${api.url}/v2/models/default/infer`, {
      method: 'POST',
      headers: { 'x-api-key': api.key, ...headers },
      body: sent,
    })
    expect(response.headers.get('content-encoding')).toBe('gzip')
    expect(Buffer.from(await response.arrayBuffer()).equals(plain.body)).toBe(true)
  })
})
