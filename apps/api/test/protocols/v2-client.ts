import { request } from 'node:http'
import { buffer } from 'node:stream/consumers'
import type { RunningApi } from '../running-api.ts'

export type Asked = {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Buffer
}

export type RawAnswer = {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: Buffer
}

/** Sends requests with no headers but a key and those that are given, as clients of protocols do. */
export const clientOf = ({ url, key }: Pick<RunningApi, 'url' | 'key'>) => {
  const send = async (path: string, { method, headers, body }: Asked = {}) => {
    const { promise, resolve, reject } = Promise.withResolvers<RawAnswer>()
    const sent = request(
      url + path,
      {
        method: method ?? (body === undefined ? 'GET' : 'POST'),
        headers: { 'x-api-key': key, ...headers },
      },
      (response) => {
        const { statusCode = 0, headers: answered } = response
        buffer(response).then(
          (all) => resolve({ status: statusCode, headers: answered, body: all }),
          reject,
        )
      },
    )
    sent.on('error', reject)
    sent.end(body)
    return promise
  }
  const json = async (path: string, asked: Asked = {}) => {
    const { status, headers, body } = await send(path, asked)
    return { status, type: headers['content-type'], json: JSON.parse(body.toString()) }
  }
  const infer = (body: unknown, path = '/v2/models/default/infer') =>
    json(path, { body: typeof body === 'string' ? body : JSON.stringify(body) })
  return { send, json, infer }
}

export type Client = ReturnType<typeof clientOf>

/** A request for the row [1, 1] in one tensor. */
export const input = (members: object = {}) => ({
  inputs: [{ name: 'input', shape: [1, 2], datatype: 'FP64', data: [1.0, 1.0], ...members }],
})

// What the model of these tests answers to it.
export const probabilities: readonly number[] = [0.09166391021342093, 0.908336089786579]
export const predict = { name: 'predict', datatype: 'INT64', shape: [1], data: [1] }
export const predictProba = {
  name: 'predict_proba',
  datatype: 'FP64',
  shape: [1, 2],
  data: probabilities,
}
export const both = {
  model_name: 'default',
  model_version: '1',
  outputs: [predict, predictProba],
}

/** The JSON of a request for the same row as a binary tensor, and the tensor. */
export const binaryHead =
  '{"id":"42","inputs":[{"name":"input","shape":[1,2],"datatype":"FP64","parameters":{"binary_data_size":16}}],"parameters":{"binary_data_output":true}}'
export const ones: Buffer = Buffer.from('000000000000f03f000000000000f03f', 'hex')

/** The header that has the length of the JSON. */
export const lengthOf = (length: string | number) => ({
  'inference-header-content-length': String(length),
})
