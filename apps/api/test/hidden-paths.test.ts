import { IncomingMessage, ServerResponse } from 'node:http'
import { connect, Socket } from 'node:net'
import type { Authentication } from '@dsapi/auth'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createFastPath } from '../src/fast-path.ts'
import { createHiddenPaths } from '../src/http/hidden-paths.ts'
import { createMemoryBudget } from '../src/http/memory-budget.ts'
import { bodyLimit } from '../src/http/read-body.ts'
import { type RunningApi, runApi } from './running-api.ts'

// Before a key is known, a request costs a hash and a look-up, whatever its path, headers or body hold.

let api: RunningApi
beforeAll(async () => {
  api = await runApi({ config: { corsOrigins: ['https://a.example'] } })
})
afterAll(() => api.stop())

let callers = 1
/** Each request comes from an address of its own, so that no wrong key has to wait for another. */
const nextAddress = () => `127.2.${callers >> 8}.${callers++ & 255}`

const send = (text: string) =>
  new Promise<string>((resolve, reject) => {
    const { hostname, port } = new URL(api.url)
    const socket = connect({ port: Number(port), host: hostname, localAddress: nextAddress() })
    let answer = ''
    socket.setEncoding('latin1').on('data', (data) => {
      answer += data
    })
    socket.on('error', reject).on('close', () => resolve(answer))
    socket.write(text, 'latin1')
  })

/** Processor time of one request in milliseconds: client and server are in this process. */
const costOf = async (text: string) => {
  const before = process.cpuUsage()
  const answer = await send(text)
  expect(answer).toMatch(/^HTTP\/1\.1 (401|204) /)
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

/**
 * Compares two requests in turns, by the least that each has cost: whatever else this process did meanwhile only adds to
 * it. Ends as soon as they are alike.
 */
const expectAlike = async (plain: string, hostile: string) => {
  let [least, cost] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]
  for (let turn = 0; turn < 5; turn++) {
    least = Math.min(least, await costOf(plain))
    cost = Math.min(cost, await costOf(hostile))
    if (cost < 5 * least + 10) return
  }
  expect(cost).toBeLessThan(5 * least + 10)
}

const length = 14_000
const filled = ({ unit, end }: Hostile) => unit.repeat(length / unit.length) + end

type Hostile = { readonly unit: string; readonly end: string }

const units = [
  ...[
    '1',
    '.',
    '%31',
    '%2531',
    '%25',
    '%',
    '%c3%a9',
    '/',
    '/..',
    '/./',
    '\\',
    '|',
    'a',
    ':',
    ';',
    ',',
  ],
  ...['=', '-', '+', '1e', '[', '(', '"', 'dsapi_', '%0a', '&a='],
]

const hostile = fc.record({
  unit: fc.oneof(
    fc.constantFrom(...units),
    fc.string({ unit: fc.constantFrom(...'01.eE+-%2aF/?&=_~'), minLength: 1, maxLength: 4 }),
  ),
  end: fc.constantFrom('', 'x', '%', '/', '!'),
})

/** What stands in the path, and what in the headers. */
const places: Readonly<Record<string, (text: string) => readonly [string, string]>> = {
  'a value': (text) => [`/predict/feature_a/${text}/feature_b/1`, ''],
  'a path': (text) => [`/no${text}`, ''],
  'a path of jobs': (text) => [`/jobs/${text}?${text.slice(0, 100)}`, ''],
  'a query': (text) => [`/jobs?state=${text}`, ''],
  'what is accepted': (text) => ['/jobs', `Accept: ${text}\r\n`],
  'a key': (text) => ['/jobs', `X-API-Key: ${text}\r\n`],
  'a token': (text) => ['/jobs', `Authorization: Bearer ${text}\r\n`],
  'an authorization': (text) => ['/jobs', `Authorization: ${text}\r\n`],
  'an id': (text) => ['/jobs', `X-Request-Id: ${text}\r\n`],
  'a trace': (text) => ['/jobs', `Traceparent: 00-${text}\r\n`],
  'an origin': (text) => ['/jobs', `Origin: ${text}\r\n`],
  'a preflight': (text) => [
    '/jobs',
    `Access-Control-Request-Method: GET\r\nAccess-Control-Request-Headers: a ${text}\r\n`,
  ],
  'other headers': (text) => ['/jobs', `Cookie: ${text}\r\nPrefer: ${text.slice(13_000)}\r\n`],
}
const place = fc.constantFrom(...Object.keys(places))

const method = fc.constantFrom('GET', 'OPTIONS', 'POST', 'HEAD')
const wrongKey = fc.constantFrom(
  '',
  `X-API-Key: dsapi_${'a'.repeat(38)}\r\n`,
  'X-API-Key: other\r\n',
)

const rest = 'Host: a\r\nConnection: close\r\n\r\n'

const compare = (place: string, hostile: Hostile, method = 'GET', key = '') => {
  const [path, headers] = places[place](filled(hostile))
  const extra = headers.startsWith('X-API-Key') ? '' : key
  return expectAlike(
    `${method} /predict/feature_a/1/feature_b/1 HTTP/1.1\r\n${extra}${rest}`,
    `${method} ${path} HTTP/1.1\r\n${headers}${extra}${rest}`,
  )
}

describe('a request without a right key costs no more for what it holds', () => {
  test.each(Object.keys(places))('in %s', { timeout: 60_000 }, async (place) => {
    for (const unit of units) await compare(place, { unit, end: 'x' })
  })

  test('anywhere, with any method, without a key and with a wrong one', {
    timeout: 120_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(hostile, place, method, wrongKey, (hostile, place, method, key) =>
        compare(place, hostile, method, key),
      ),
      { numRuns: 200, endOnFailure: true },
    )
  })
})

test('a body is not looked at without a right key', async () => {
  const body = '['.repeat(1_000_000)
  const headers = `Content-Length: ${body.length}\r\n${rest}`
  await expectAlike(
    `POST /predict HTTP/1.1\r\n${headers}${' '.repeat(body.length)}`,
    `POST /predict HTTP/1.1\r\n${headers}${body}`,
  )
})

/** A request as node's server has read it. */
const requestWith = (url: string) =>
  Object.assign(new IncomingMessage(new Socket()), { method: 'GET', url })

const refusals: readonly (Authentication | Promise<Authentication>)[] = [
  { outcome: 'missing' },
  { outcome: 'invalid' },
  Promise.resolve({ outcome: 'invalid' }),
]

test.each(refusals)('the fast path reads no path before a key is authorized: %j', (decided) => {
  const unused = () => {
    throw new Error('This must not be asked for')
  }
  const fastPath = createFastPath({
    authenticate: () => decided,
    usage: { recordUse: unused, takeFromDay: unused, hasLeftToday: unused },
    rateLimits: { takeToken: unused, hasToken: unused },
    access: { findNow: unused, find: unused }, // The path is read with the names of the model.
    answerRequest: unused,
    predictor: { predict: unused, answer: unused, close: unused },
    instancesBody: bodyLimit(createMemoryBudget(1), 1),
    metrics: { countPredictions: unused, versions: { answered: unused } },
    observe: unused,
    recordPredictions: unused,
    isOverloaded: unused,
  })
  const request = requestWith('/predict/feature_a/1/feature_b/1')
  expect(fastPath(request, new ServerResponse(request))).toBe(false)
})

test.each(refusals)('the router is not shown a path before a key is right: %j', async (decided) => {
  const { prepare, targetOf } = createHiddenPaths(
    () => decided,
    () => false,
  )
  const request = requestWith('/%6beys/../x?y')
  await prepare(request)
  expect(request.url).toBe('/-')
  expect(targetOf(request)).toEqual({ path: '/%6beys/../x', problem: undefined })
})
