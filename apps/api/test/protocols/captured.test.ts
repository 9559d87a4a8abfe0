import { readFileSync } from 'node:fs'
import { gunzipSync, inflateSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type RunningApi, runApi } from '../running-api.ts'
import { addCapturedModels, capturedFolder, type Outcome, requests } from './captured-models.ts'
import { exchange, type RawAnswer } from './exchange.ts'

// Requests of clients in Python, byte for byte as they were sent (`bench:clients --capture`), and what the client understood
// of the answer. So these clients work, also where they are not installed.

let api: RunningApi
let key: string
beforeAll(async () => {
  api = await runApi()
  key = await addCapturedModels(api)
})
afterAll(() => api.stop())

/** Sends what a client has sent, with the key of this server. */
const replay = async (file: string): Promise<RawAnswer> => {
  const sent = readFileSync(new URL(file, capturedFolder)).toString('latin1')
  const basic = Buffer.from(`triton:${key}`).toString('base64')
  const own = sent.replace('{key}', key).replace('{basic}', basic)
  return exchange(api.url, Buffer.from(own, 'latin1'))
}

const decompress = ({ headers, body }: RawAnswer) => {
  const coding = headers.get('content-encoding')
  if (coding === 'gzip') return gunzipSync(body)
  return coding === 'deflate' ? inflateSync(body) : body
}

type Output = {
  readonly name: string
  readonly datatype: string
  readonly data?: readonly unknown[]
  readonly parameters?: { readonly binary_data_size: number }
}

/** The elements of a binary tensor. */
const elementsOf = (datatype: string, bytes: Buffer) => {
  const values: unknown[] = []
  for (let at = 0; at < bytes.length; ) {
    if (datatype === 'BYTES') {
      const end = at + 4 + bytes.readUInt32LE(at)
      values.push(bytes.toString('utf8', at + 4, end))
      at = end
    } else {
      values.push(datatype === 'FP64' ? bytes.readDoubleLE(at) : Number(bytes.readBigInt64LE(at)))
      at += 8
    }
  }
  return values
}

const shortened = (values: readonly unknown[]) =>
  values.length <= 100 ? values : { length: values.length, first: values[0], last: values.at(-1) }

const outputsOf = (answer: RawAnswer) => {
  const body = decompress(answer)
  let at = Number(answer.headers.get('inference-header-content-length') ?? body.length)
  const { outputs }: { readonly outputs: readonly Output[] } = JSON.parse(
    body.toString('utf8', 0, at),
  )
  const pairs = outputs.map(({ name, datatype, data, parameters }) => {
    const start = at
    at += parameters?.binary_data_size ?? 0
    return [name, shortened(data ?? elementsOf(datatype, body.subarray(start, at)))] as const
  })
  expect(at).toBe(body.length)
  return Object.fromEntries(pairs)
}

const understood = (answer: RawAnswer, outcome: Outcome): Outcome => {
  const { status } = answer
  if ('ok' in outcome) return { ok: status === 200 }
  if ('error' in outcome) return { error: JSON.parse(answer.body.toString()).error, status }
  expect(status).toBe(200)
  return 'json' in outcome
    ? { json: JSON.parse(answer.body.toString()) }
    : { outputs: outputsOf(answer) }
}

describe.each(Object.entries(requests))('%s', (client, named) => {
  test.each(Object.entries(named))('is answered: %s', async (name, outcome) => {
    const answer = await replay(`${client}/${name}.http`)
    expect(understood(answer, outcome)).toEqual(outcome)
  })
})
