import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { setTimeout as wait } from 'node:timers/promises'
import { describeOnSqlite } from '@dsapi/testing'
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import type { OpenApiDocument } from '../../src/openapi/document.ts'
import { runApi } from '../running-api.ts'
import { checkAnswer } from './check-answer.ts'
import { type CollectedExample, collectExamples } from './collect-examples.ts'
import { type Answered, type Sent, sendExample } from './send-example.ts'
import { type ExampleServer, type Servers, startServers, stopServers } from './servers.ts'
import { createValidate } from './validate.ts'

// Every example of the document is sent to a running server, and is answered as the document says.

const probe = await runApi()
const document = (await (await fetch(`${probe.url}/openapi.json`)).json()) as OpenApiDocument
await probe.stop()
// The model of these servers never fails and takes no time: what is answered then has tests beside the handlers.
const allExamples = collectExamples(document)
const examples = allExamples.filter(
  ({ name }) => name !== 'model_failed' && name !== 'deadline_exceeded',
)
const validate = createValidate(document)

let servers: Servers
let ofWrongKeys: ReadonlyMap<CollectedExample, Promise<Answered>>
beforeAll(async () => {
  servers = await startServers(document)
  ofWrongKeys = sendWrongKeys(servers.usual)
})
afterAll(() => stopServers(servers))

const sendHalfABody = ({ url, may }: ExampleServer) => {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  socket.write(
    `POST /predict-slow HTTP/1.1\r\nHost: a\r\nX-API-Key: ${may.key}\r\nContent-Length: 9\r\n\r\n{`,
  )
  return text(socket)
}

/** Each is answered a second later than it could be, after the first few, so all of them wait at once. */
const sendWrongKeys = ({ url }: ExampleServer) =>
  new Map(
    examples
      .filter(({ name }) => name === 'invalid_api_key')
      .map((example) => [
        example,
        sendExample(url, example, { 'x-api-key': 'wrong', accept: example.type ?? '*/*' }),
      ]),
  )

type Situation = {
  readonly api: ExampleServer
  readonly headers: Readonly<Record<string, string>>
}

const usual = (api = servers.usual): Situation => ({ api, headers: { 'x-api-key': api.may.key } })

/** Brings about what an error needs besides its request. */
const situations: Readonly<Record<string, (example: CollectedExample) => Promise<Situation>>> = {
  missing_api_key: async ({ path }) => ({
    api: servers.usual,
    headers: path === '/metrics' ? { 'x-forwarded-for': '192.0.2.1' } : {},
  }),
  forbidden: async ({ operation }) => {
    const scope = /scope `(\w+)`/.exec(operation.description ?? '')?.[1]
    const { key } = await servers.usual.makeKey({
      scopes: scope === 'predict' ? ['jobs'] : ['predict'],
      rate: { requests: 100, seconds: 3600 },
    })
    return { api: servers.usual, headers: { 'x-api-key': key } }
  },
  rate_limited: async () => {
    const { key } = await servers.usual.makeKey({ rate: { requests: 1, seconds: 3600 } })
    const headers = { 'x-api-key': key }
    await fetch(`${servers.usual.url}/models`, { headers })
    return { api: servers.usual, headers }
  },
  too_many_jobs: async () => {
    const { key } = await servers.usual.makeKey({ maxJobs: 1 })
    const headers = { 'x-api-key': key }
    const body = '{"feature_a": 1, "feature_b": 1}'
    await fetch(`${servers.usual.url}/predict-slow`, { method: 'POST', headers, body })
    return { api: servers.usual, headers }
  },
  invalid_request: async () => ({ api: servers.usual, headers: { host: 'a b' } }),
  idempotency_conflict: async ({ operation, method, path, parameters }) => {
    const [{ body }] = examples.filter((other) => other.operation === operation)
    const first: Sent = { operation, method, path, parameters, body }
    await sendExample(servers.usual.url, first, usual().headers)
    return usual()
  },
  unsupported_media_type: async ({ operation }) =>
    operation.tags.includes('Protocols')
      ? {
          api: servers.usual,
          headers: { 'x-api-key': servers.usual.may.key, 'content-encoding': 'br' },
        }
      : usual(),
  body_too_large: async () => usual(servers.tiny),
  no_webhook_secret: async () => {
    const { key } = await servers.usual.makeKey({ rate: { requests: 100, seconds: 3600 } })
    return { api: servers.usual, headers: { 'x-api-key': key } }
  },
  queue_full: async () => usual(servers.full),
  internal: async () => usual(servers.broken),
  unavailable: async () => usual(servers.broken),
}

/** Sends all examples of a database that is locked at once: each waits for seconds until it is refused. */
const sendWhileLocked = async () => {
  const release = await lock()
  const sent = examples.filter(isOfLock).map(async (example) => {
    const headers = { ...usual().headers, accept: example.type ?? '*/*' }
    return [example, await sendExample(servers.usual.url, example, headers)] as const
  })
  return new Map(await Promise.all(sent).finally(release))
}
let ofLock: ReturnType<typeof sendWhileLocked> | undefined

/** Another process has locked the table of jobs, or all of them, for longer than anybody waits for it. */
const lock = async () => {
  const api = servers.usual
  const release = Promise.withResolvers<void>()
  const held = Promise.withResolvers<void>()
  const holding = api.db.transaction().execute(async (transaction) => {
    await transaction.schema.alterTable('jobs').renameTo('locked').execute()
    await transaction.schema.alterTable('locked').renameTo('jobs').execute()
    held.resolve()
    await release.promise
  })
  await held.promise
  return async () => {
    release.resolve()
    await holding
  }
}

/** What is answered to an example that was sent together with others of its kind. */
const answeredTogether = async (example: CollectedExample) => {
  if (!isOfLock(example)) return ofWrongKeys.get(example)
  ofLock ??= sendWhileLocked()
  return (await ofLock).get(example)
}

const replay = async (example: CollectedExample) => {
  const together = await answeredTogether(example)
  if (together) return checkAnswer(document, example, together, validate)
  await servers.usual.layOut(document)
  const { api, headers } = (await situations[example.name]?.(example)) ?? usual()
  const accept = example.type ?? '*/*'
  const answered = await sendExample(api.url, example, { ...headers, accept })
  checkAnswer(document, example, answered, validate)
}

const isOfLock = ({ name, path }: CollectedExample) =>
  name === 'unavailable' && path === '/predict-slow'

/** Half a minute passes once, below, and for a locked database by one operation, not by each that shares the
 * answer. */
const apart = (example: CollectedExample) =>
  example.name === 'request_timeout' ||
  (example.name === 'unavailable' && !['/readyz', '/predict-slow'].includes(example.path))

describe.each(Object.entries(Object.groupBy(examples, ({ operation }) => operation.operationId)))(
  '%s',
  (_, ofOperation = []) => {
    test.each(ofOperation.filter((example) => !apart(example)))(
      'is answered as the example $name, $status $type, says',
      replay,
    )
  },
)

test('every operation has an example of each of its answers', () => {
  for (const { operation } of allExamples) {
    const shown = allExamples.filter((example) => example.operation === operation)
    const statuses = [...new Set(shown.map(({ status }) => String(status)))]
    expect(statuses.toSorted()).toEqual(Object.keys(operation.responses).toSorted())
  }
})

// No engine has a part in it.
describeOnSqlite('a body that does not come', () => {
  test('is answered as the example request_timeout says', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    onTestFinished(() => void vi.useRealTimers())
    let answer: string | undefined
    const answered = sendHalfABody(servers.usual).then((text) => {
      answer = text
    })
    let passedMs = 0
    for (; answer === undefined; passedMs += 1000) {
      vi.advanceTimersByTime(1000)
      await Promise.race([answered, wait(5)])
    }
    expect(passedMs).toBeGreaterThanOrEqual(30_000)
    const [head, body] = answer.split('\r\n\r\n')
    expect(head).toContain('HTTP/1.1 408 ')
    const example = examples.find(({ name }) => name === 'request_timeout')
    if (example?.media === undefined) throw new Error('there should be an example')
    validate(example.media.schema, JSON.parse(body), body)
    expect(JSON.parse(body)).toMatchObject({ code: 'request_timeout', status: 408 })
  })
})
