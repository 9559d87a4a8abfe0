import { request } from 'node:http'
import { text } from 'node:stream/consumers'
import type { CollectedExample } from './collect-examples.ts'

export type Answered = {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: string
}

export type Sent = Pick<CollectedExample, 'operation' | 'method' | 'path' | 'parameters' | 'body'>

const write = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value))

/** The path with its query, and the headers, that an example's parameters make. */
const place = ({ operation, path, parameters }: Sent) => {
  const query = new URLSearchParams()
  const headers: Record<string, string> = {}
  let filled = path
  for (const { name, in: where } of operation.parameters ?? []) {
    const value = parameters[name]
    if (value === undefined) continue
    if (where === 'header') headers[name] = write(value)
    else if (where === 'query') query.set(name, write(value))
    else filled = filled.replace(`{${name}}`, encodeURIComponent(write(value)))
  }
  return { path: query.size === 0 ? filled : `${filled}?${query}`, headers }
}

/** Sends the request of an example, with more headers; over node:http, which lets any be sent. */
export const sendExample = async (
  url: string,
  example: Sent,
  more: Readonly<Record<string, string>>,
): Promise<Answered> => {
  const { path, headers } = place(example)
  const { body, method } = example
  const { promise, resolve, reject } = Promise.withResolvers<Answered>()
  const type = body && { 'content-type': body.type }
  const sent = request(
    url + path,
    { method: method.toUpperCase(), headers: { ...type, ...headers, ...more } },
    (response) => {
      const { statusCode = 0, headers: answered } = response
      text(response).then(
        (body) => resolve({ status: statusCode, headers: answered, body }),
        reject,
      )
    },
  )
  sent.on('error', reject)
  sent.end(body && write(body.value))
  return promise
}
