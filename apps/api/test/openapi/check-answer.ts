import { expect } from 'vitest'
import { baseHeaders } from '../../src/http/base-headers.ts'
import { type HeaderObject, type OpenApiDocument, resolve } from '../../src/openapi/document.ts'
import type { CollectedExample } from './collect-examples.ts'
import type { Validate } from './validate.ts'

type Answered = {
  readonly status: number
  readonly headers: Readonly<Record<string, unknown>>
  readonly body: string
}

/** Another at each request; of the example only the kind of value is asked for. */
const changing = [
  'request_id',
  'at',
  'key',
  'created_by',
  'created_at',
  'disabled_at',
  'revoked_at',
  'expires_at',
  'oldest_queued_seconds',
  'next_cursor',
  'next_attempt_at',
  'secret',
]

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** What an example and an answer must have in common: of what changes, its type. */
const lasting = (value: unknown, { isNew }: { readonly isNew: boolean }): unknown => {
  if (Array.isArray(value)) return value.map((item) => lasting(item, { isNew }))
  if (!isRecord(value)) return value
  const entries = Object.entries(value).map(([name, member]) => {
    const changes =
      changing.includes(name) || (name === 'id' && (isNew || typeof member === 'number'))
    return [name, changes ? typeof member : lasting(member, { isNew })]
  })
  return Object.fromEntries(entries)
}

/** Headers that come with some answers of a response only. */
const conditional: Readonly<Record<string, (example: CollectedExample) => boolean>> = {
  'Preference-Applied': ({ parameters }) => parameters.Prefer !== undefined,
  'Content-Disposition': ({ type }) => type !== 'application/json',
  'Retry-After': ({ name }) => !['not_found', 'gone'].includes(name),
  RateLimit: ({ name }) => name !== 'no limits',
}

/** What HTTP itself needs, and no client of the api reads. */
const ofHttp = [
  ...Object.keys(baseHeaders).map((name) => name.toLowerCase()),
  'date',
  'connection',
  'keep-alive',
  'transfer-encoding',
  'content-type',
  'content-length',
  'x-accel-buffering',
  'x-content-type-options',
  'accept-encoding',
  'referrer-policy',
]

/** Holds the headers to those that the document names: no fewer, no more, each as it says. */
const checkHeaders = (
  document: OpenApiDocument,
  example: CollectedExample,
  answered: Answered,
  validate: Validate,
) => {
  const documented = Object.entries(example.response.headers ?? {})
  for (const [name, reference] of documented) {
    const value = answered.headers[name.toLowerCase()]
    if (value === undefined && conditional[name]?.(example) === false) continue
    validate(resolve<HeaderObject>(document, reference).schema, value, name)
  }
  const names = [...ofHttp, ...documented.map(([name]) => name.toLowerCase())]
  // An error in words of its own may come for a key with limits, whose headers are told of elsewhere.
  const limits =
    example.status >= 400
      ? ['ratelimit', 'ratelimit-policy', 'cache-control', 'preference-applied']
      : []
  const unknown = Object.keys(answered.headers).filter(
    (name) => ![...names, ...limits].includes(name),
  )
  expect(unknown).toEqual([])
}

/** Holds an answer to its example: status, headers, schema, and each value that does not change. */
export const checkAnswer = (
  document: OpenApiDocument,
  example: CollectedExample,
  answered: Answered,
  validate: Validate,
) => {
  const { status, type, media, answer } = example
  expect({
    status: answered.status,
    ...(answered.status !== status && { body: answered.body }),
  }).toEqual({ status })
  checkHeaders(document, example, answered, validate)
  if (type === undefined || media === undefined) {
    // A few answers of protocols are no JSON, and no type is documented for them.
    if (!example.operation.tags.includes('Protocols')) expect(answered.body).toBe('')
    return
  }
  expect(String(answered.headers['content-type']).split(';')[0]).toBe(type)
  const body = /[/+]json$/.test(type) ? JSON.parse(answered.body) : answered.body
  validate(media.schema, body, answered.body)
  // Which key it is depends on who asks.
  if (answer === undefined || example.operation.operationId === 'getOwnKey') return
  const isNew = status === 201 || status === 202
  expect(shared(lasting(body, { isNew }), example)).toEqual(
    amongOthers(shared(lasting(answer, { isNew }), example)),
  )
}

/** The keys and models of an example are some of those that there are. */
const amongOthers = (body: unknown) => {
  if (Array.isArray(body)) return expect.arrayContaining(body)
  if (!isRecord(body)) return body
  const { keys, models } = body
  return {
    ...body,
    ...(Array.isArray(keys) && { keys: expect.arrayContaining(keys) }),
    ...(Array.isArray(models) && { models: expect.arrayContaining(models) }),
  }
}

/** The words of an error that is the same everywhere name what was asked; its code does not. */
const shared = (body: unknown, { response, operation }: CollectedExample): unknown => {
  const isShared = !Object.values(operation.responses).includes(response)
  if (!isRecord(body)) return body
  const { message, title, ...rest } = body
  const { error, ...withoutError } = rest
  if (isShared) return typeof error === 'string' ? withoutError : rest
  // In some protocols it is the message. Which models there are changes.
  if (typeof error === 'string') return { ...withoutError, error: withoutModels(error) }
  return typeof message === 'string' ? { ...body, message: withoutModels(message) } : body
}

const withoutModels = (text: string) => text.replace(/ There is ".*$/, '')
