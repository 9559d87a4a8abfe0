import fc, { type Arbitrary } from 'fast-check'
import type { OpenApiDocument, operationsIn, ParameterObject } from '../../src/openapi/document.ts'
import {
  garbageBody,
  strangeHeaders,
  strangeQuery,
  strangeSegment,
  strangeValue,
} from './garbage.ts'
import { arbitraryOf } from './schema-arbitrary.ts'

type Found = ReturnType<typeof operationsIn>[number]

/** A request as it will be written to a socket. */
export type DrawnRequest = {
  readonly method: string
  readonly target: string
  readonly headers: readonly (readonly [string, string])[]
  readonly body: Buffer
}

type Values = Readonly<Record<string, unknown>>

const write = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value))

const isHeaderText = (value: unknown) => /^[\x20-\x7e]*$/.test(write(value) ?? '')

const requestOf = (
  { path, method, operation }: Found,
  values: Values,
  body: { readonly type: string; readonly bytes: Buffer } | undefined,
): DrawnRequest => {
  let target = path
  const query = new URLSearchParams()
  const headers: [string, string][] = body ? [['Content-Type', body.type]] : []
  for (const { name, in: where } of operation.parameters ?? []) {
    const value = values[name]
    if (value === undefined) continue
    if (where === 'path') target = target.replace(`{${name}}`, encode(write(value)))
    else if (where === 'query') query.set(name, write(value))
    else headers.push([name, write(value)])
  }
  if (query.size > 0) target += `?${query}`
  return { method: method.toUpperCase(), target, headers, body: body?.bytes ?? Buffer.alloc(0) }
}

const encode = (text: string) => encodeURIComponent(text.toWellFormed())

const drawParameters = (
  document: OpenApiDocument,
  { operation }: Found,
  ids: readonly string[],
) => {
  const all = operation.parameters ?? []
  const draw = ({ name, in: where, schema }: ParameterObject): Arbitrary<unknown> => {
    if (name === 'id') return fc.oneof(fc.constantFrom(...ids), arbitraryOf(document, schema))
    if (where !== 'header') return arbitraryOf(document, schema)
    // Around its value, a header may have spaces that are no part of it.
    return arbitraryOf(document, schema).filter(
      (value) => write(value).trim() !== '' && isHeaderText(value),
    )
  }
  return fc.record(Object.fromEntries(all.map((parameter) => [parameter.name, draw(parameter)])), {
    requiredKeys: all.filter(({ required }) => required).map(({ name }) => name),
  })
}

const json = 'application/json'

/** Their bodies go with a model, or have a rule that no schema says. */
const drawnFromExamples = [
  'addModelVersion',
  'predictManyModel',
  'predictManyModelVersion',
  'serveModel',
  'submitSlowModel',
  'v2Infer',
  'v2InferVersion',
  'v1Predict',
  'v1PredictVersion',
  'mlflowInvocations',
  'mlflowInvocationsModel',
]

/** Only JSON has a schema to draw from; of batches and files, the examples are taken. */
const drawBody = (document: OpenApiDocument, { operation }: Found) => {
  const hasSchema = (type: string) =>
    type === json && !drawnFromExamples.includes(operation.operationId)
  const content = Object.entries(operation.requestBody?.content ?? {}).filter(
    ([type, { examples = {} }]) => hasSchema(type) || Object.keys(examples).length > 0,
  )
  if (content.length === 0) return fc.constant(undefined)
  const bodies = content.map(([type, { schema, examples = {} }]) =>
    hasSchema(type)
      ? arbitraryOf(document, schema).map((value) => ({ type, value }))
      : fc.constantFrom(...Object.values(examples)).map(({ value }) => ({ type, value })),
  )
  return fc.oneof(...bodies)
}

const bytesOf = (body: { readonly type: string; readonly value: unknown } | undefined) =>
  body && { type: body.type, bytes: Buffer.from(write(body.value)) }

/** A request that the document allows. */
export const validRequest = (
  document: OpenApiDocument,
  found: Found,
  ids: readonly string[],
): Arbitrary<DrawnRequest> =>
  fc
    .tuple(drawParameters(document, found, ids), drawBody(document, found))
    .map(([values, body]) => requestOf(found, values, bytesOf(body)))

/** Puts something strange in the place of one value, anywhere in it. */
const mutate = (value: unknown, strange: unknown, path: readonly number[]): unknown => {
  const [at, ...deeper] = path
  if (at === undefined || typeof value !== 'object' || value === null) return strange
  const keys = Object.keys(value)
  if (keys.length === 0) return strange
  const key = keys[at % keys.length]
  const copy = Array.isArray(value) ? [...value] : { ...value }
  const inner = mutate(Reflect.get(value, key), strange, deeper)
  Object.defineProperty(copy, key, { value: inner, enumerable: true })
  return copy
}

/** A request of which one value is strange. */
export const mutatedRequest = (
  document: OpenApiDocument,
  found: Found,
  ids: readonly string[],
): Arbitrary<DrawnRequest> => {
  const places = fc.array(fc.nat(20), { maxLength: 3 })
  return fc
    .tuple(
      drawParameters(document, found, ids),
      drawBody(document, found),
      strangeValue,
      places,
      fc.boolean(),
    )
    .map(([values, body, strange, path, inBody]) => {
      if (inBody && body !== undefined) {
        const value = body.type === json ? mutate(body.value, strange, path) : body.value
        return requestOf(found, values, bytesOf({ ...body, value }))
      }
      const names = Object.keys(values)
      const name = names[(path[0] ?? 0) % Math.max(1, names.length)]
      return requestOf(found, { ...values, [name]: strange }, bytesOf(body))
    })
    .filter(({ headers }) => headers.every(([, value]) => isHeaderText(value)))
}

/** A server that closes a connection over which more is on its way resets it, and the end of the answer may be
 * lost: where no body is expected, only small ones come. */
const smallBytes = 4096

/** A request to the operation's path with garbage everywhere that the path leaves room for. */
export const garbageRequest = ({ path, method, operation }: Found): Arbitrary<DrawnRequest> =>
  fc
    .tuple(strangeSegment, strangeQuery, strangeHeaders, garbageBody)
    .map(([segment, query, headers, body]) => ({
      method: method.toUpperCase(),
      target: path.replaceAll(/\{[^}]*\}/g, segment) + query,
      headers,
      body: operation.requestBody === undefined ? body.subarray(0, smallBytes) : body,
    }))

/** The request as bytes; the connection is for it alone. */
export const bytesOfRequest = (
  { method, target, headers, body }: DrawnRequest,
  key: string | undefined,
): Buffer => {
  const lines = [
    `${method} ${target} HTTP/1.1`,
    'Host: localhost',
    'Connection: close',
    ...(key === undefined ? [] : [`X-API-Key: ${key}`]),
    ...headers.map(([name, value]) => `${name}: ${value}`),
    ...(body.length > 0 ? [`Content-Length: ${body.length}`] : []),
  ]
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), body])
}
