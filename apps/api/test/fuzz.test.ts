import { setTimeout } from 'node:timers/promises'
import { type Protocol, protocolOf } from '@dsapi/inference'
import fc, { type Arbitrary } from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type OpenApiDocument, operationsIn } from '../src/openapi/document.ts'
import { jobIds, keyIds } from '../src/openapi/example-ids.ts'
import {
  bytesOfRequest,
  type DrawnRequest,
  garbageRequest,
  mutatedRequest,
  validRequest,
} from './fuzz/drawn-request.ts'
import { type RawAnswer, readAnswers, sendBytes } from './fuzz/raw-socket.ts'
import { layOut } from './openapi/example-world.ts'
import { createValidate, type Validate } from './openapi/validate.ts'
import { type RunningApi, runApi } from './running-api.ts'

// Every operation of the document is asked for what the document allows, for that with one thing wrong, and for
// garbage. Nothing may answer 5xx but a prediction that has failed, and every error has the form of one.

let api: RunningApi
let key: string
let validate: Validate
beforeAll(async () => {
  api = await runApi({ config: { metricsPort: 'api' } })
  const made = await api.makeKey({ scopes: ['predict', 'jobs', 'admin'] })
  key = made.key
  validate = createValidate(document)
  await layOut(api.db, document, made.stored.ownerId)
  // Its events would go on for as long as it waits.
  await api.db.deleteFrom('jobs').where('id', '=', jobIds.queued).execute()
})
afterAll(() => api.stop())

const probe = await runApi()
const document = (await (await fetch(`${probe.url}/openapi.json`)).json()) as OpenApiDocument
await probe.stop()
/** A job that waits again has events that go on, so jobs are retried last. */
const isRetry = ({ id }: { readonly id: string }) => Number(id.startsWith('retry'))
const operations = operationsIn(document)
  .map((found) => ({ ...found, id: found.operation.operationId }))
  .toSorted((a, b) => isRetry(a) - isRetry(b))

const idsFor = (path: string): readonly string[] =>
  path.startsWith('/keys/') ? Object.values(keyIds) : Object.values(jobIds)

const ask = async (request: DrawnRequest): Promise<RawAnswer> => {
  const answers = readAnswers(await sendBytes(api.url, bytesOfRequest(request, key)))
  expect(answers).toHaveLength(1)
  const [answer] = answers
  // The test keeps the process busy, which then turns requests away for a while.
  if (answer.status !== 503 || !answer.body.includes('"unavailable"')) return answer
  await setTimeout(50)
  return ask(request)
}

/** Holds an error to the document's schema of errors, and keeps 5xx to where it is foreseen. */
const checkError = ({ status, headers, body }: RawAnswer, protocol: Protocol | undefined) => {
  const error = JSON.parse(Buffer.from(body, 'latin1').toString())
  if (protocol) {
    validate(protocol.errorSchema, error, body)
    if (status >= 500) expect(error.code).toBe('not_implemented')
    return
  }
  const isProblem = headers['content-type'].startsWith('application/problem+json')
  validate(document.components.schemas[isProblem ? 'Problem' : 'ApiError'], error, body)
  expect(error.status).toBe(status)
  if (status >= 500) expect(error.code).toBe('prediction_failed')
}

const lives = async () => expect((await fetch(`${api.url}/livez`)).status).toBe(200)

/** Sends what is drawn, and holds each answer to what any may be. */
const tryAll = async (
  requests: Arbitrary<DrawnRequest>,
  numRuns: number,
  more: (answer: RawAnswer) => void = () => {},
) => {
  const property = fc.asyncProperty(requests, async (request) => {
    const answer = await ask(request)
    if (answer.status >= 400) checkError(answer, protocolOf(request.target.split('?')[0]))
    more(answer)
  })
  await fc.assert(property, { numRuns, endOnFailure: true })
  await lives()
}

/** A cursor is known to none but the server, options are JSON in a text, a key ends in the future, and one without a URL needs
 * that of a test. */
const mayRefuse = [
  ...['listJobs', 'listWebhookDeliveries', 'readAudit', 'listAudit', 'addModelVersion'],
  ...['setKey', 'testWebhook'],
]

describe.each(operations)('$id', (found) => {
  test('takes all that the document allows', async () => {
    const statuses = Object.keys(found.operation.responses).map(Number)
    await tryAll(validRequest(document, found, idsFor(found.path)), 15, ({ status, body }) => {
      expect(statuses, body).toContain(status)
      if (!mayRefuse.includes(found.id)) expect(status, body).not.toBe(400)
    })
  })

  test('answers what has one thing wrong', () =>
    tryAll(mutatedRequest(document, found, idsFor(found.path)), 20))

  test('answers garbage', () => tryAll(garbageRequest(found), 20))
})

test('nothing of it has changed what every object has', () => {
  expect(Object.keys(Object.prototype)).toEqual([])
  expect('polluted' in {}).toBe(false)
})
