import { type Client, createClient, DsapiError } from '@dsapi/client'
import { claimNextJobs, failJob, succeedJob } from '@dsapi/db'
import { waitFor } from '@dsapi/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { type RunningApi, runApi } from '../running-api.ts'
import { type Relay, startRelay } from './relay.ts'

// The client against a running server, with a network between them that fails when it is told to.

let api: RunningApi
let relay: Relay
let client: Client
beforeAll(async () => {
  api = await runApi()
})
afterAll(() => api.stop())
beforeEach(async () => {
  relay = await startRelay(api.url)
  onTestFinished(relay.stop)
  client = createClient({ baseUrl: relay.url, apiKey: api.key })
})

const features = { feature_a: 1.3, feature_b: -3.2 }
const errorOf = async (promise: Promise<unknown>) => {
  const error = await promise.then(
    () => undefined,
    (error: unknown) => error,
  )
  if (error instanceof DsapiError) return error
  throw new Error('it should have been refused', { cause: error })
}

const claim = async (id: string) => {
  const rows = await claimNextJobs(api.db, { now: Date.now(), limit: 1000 })
  const row = rows.find((claimed) => claimed.id === id)
  if (row === undefined) throw new Error('the job should have been waiting')
  return row
}

const finish = async (id: string) => {
  const result = JSON.stringify({ class: 0, class_probabilities: [0.9, 0.1], model_version: '1-a' })
  await succeedJob(api.db, await claim(id), { result, now: Date.now() })
}

describe('predictions', () => {
  test('are the same by name, in any order, and by position', async () => {
    const one = await client.predict({ feature_b: '-3.2', feature_a: 1.3 })
    expect(one).toMatchObject({ class: 0 })
    expect(await client.predictMany([[1.3, -3.2], features])).toEqual([one, one])
  })

  test('come over a network that fails', async () => {
    relay.breakNext(2)
    expect(await client.predict(features)).toMatchObject({ class: 0 })
    expect(relay.requests()).toBe(3)
  })
})

describe('webhooks', () => {
  const url = 'https://shop.example.com/hook'

  test('are named with a job, listed, redelivered and tested', async () => {
    const { key, stored } = await api.makeKey()
    const admin = await api.makeKey({ scopes: ['admin'] })
    const { keys } = createClient({ baseUrl: relay.url, apiKey: admin.key })
    expect(await keys.rotateWebhookSecret(stored.id)).toMatchObject({
      secret: expect.stringMatching(/^whsec_/),
    })
    const own = createClient({ baseUrl: relay.url, apiKey: key })
    const { id } = await own.submit(features, { webhookUrl: url })
    const batch = await own.submitBatch('[1,1]\n', {
      ...{ type: 'application/x-ndjson', webhookUrl: url },
    })
    expect(await own.job(batch.id)).toMatchObject({ webhook_url: url })
    await own.cancel(id)
    const { deliveries } = await own.webhooks.list({ state: 'pending' })
    expect(deliveries).toMatchObject([{ job_id: id, type: 'job.cancelled', url }])
    expect(await own.webhooks.redeliver(deliveries[0].id)).toMatchObject({ state: 'pending' })
    expect(await own.webhooks.test({ url })).toMatchObject({ type: 'webhook.test', url })
  })
})

describe('a slow prediction', () => {
  test('is submitted once, however often its answer is lost', async () => {
    const { key } = await api.makeKey()
    const own = createClient({ baseUrl: relay.url, apiKey: key })
    relay.breakNext(3)
    const { id } = await own.submit(features)
    expect(relay.requests()).toBe(4)
    expect((await own.jobs()).jobs.map((job) => job.id)).toEqual([id])
  })

  test('is waited for until it is there', async () => {
    const { id } = await client.submit(features)
    const waiting = client.wait(id)
    await waitFor(() => relay.requests() >= 2)
    await finish(id)
    expect(await waiting).toEqual({ class: 0 })
  })

  test('that has failed is an error with the reason, and not asked for again', async () => {
    const { id } = await client.submit(features)
    await failJob(api.db, await claim(id), { error: 'no such luck', now: Date.now() })
    expect(await errorOf(client.wait(id))).toMatchObject({
      status: 500,
      code: 'prediction_failed',
      message: 'The prediction failed: no such luck',
    })
    expect(relay.requests()).toBe(2)
  })

  test('that was cancelled is gone', async () => {
    const { id } = await client.submit(features)
    expect((await client.cancel(id)).state).toBe('cancelled')
    expect(await errorOf(client.wait(id))).toMatchObject({ status: 410, code: 'gone' })
  })

  test('is let go of by a signal', async () => {
    const { id } = await client.submit(features)
    const reason = new Error('enough')
    const controller = new AbortController()
    const waiting = client.wait(id, { signal: controller.signal })
    await waitFor(() => relay.requests() >= 2)
    controller.abort(reason)
    await expect(waiting).rejects.toBe(reason)
  })
})

describe('an error', () => {
  test('has what the server says', async () => {
    expect(await errorOf(client.predict({ feature_a: 1 }))).toMatchObject({
      status: 400,
      code: 'invalid_body',
      message: 'Invalid request body',
      detail: [{ field: 'instances[0].feature_b', message: 'is missing' }],
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    })
  })

  test('is no answer, after five tries, where nobody listens', async () => {
    await relay.stop()
    const error = await errorOf(client.livez())
    expect(error).toMatchObject({ status: 0, code: 'no_answer' })
    expect(error.message).toContain('ECONNREFUSED')
  })

  test('is an unexpected answer where it is not dsapi that speaks', async () => {
    const fetch = async () => new Response('<h1>Bad gateway</h1>', { status: 502 })
    const other = createClient({ baseUrl: api.url, fetch })
    expect(await errorOf(other.livez())).toMatchObject({ status: 502, code: 'unexpected_answer' })
  })
})

describe('another try', () => {
  test('is made for what is above a rate, when the server says', async () => {
    const { key } = await api.makeKey({ rate: { requests: 1, seconds: 1 } })
    const limited = createClient({ baseUrl: relay.url, apiKey: key })
    await limited.jobs()
    await limited.jobs()
    expect(relay.requests()).toBeGreaterThan(2)
  })

  test('is not made when the server asks for more than a minute', async () => {
    const { key } = await api.makeKey({ rate: { requests: 1, seconds: 3600 } })
    const limited = createClient({ baseUrl: relay.url, apiKey: key })
    await limited.jobs()
    expect(await errorOf(limited.jobs())).toMatchObject({ status: 429, code: 'rate_limited' })
    expect(relay.requests()).toBe(2)
  })

  test('is not made where it could do a thing twice', async () => {
    const { key } = await api.makeKey({ scopes: ['admin'] })
    const admin = createClient({ baseUrl: relay.url, apiKey: key })
    relay.breakNext(1)
    expect(await errorOf(admin.keys.create({ name: 'once' }))).toMatchObject({ code: 'no_answer' })
    const made = (await admin.keys.list()).filter(({ name }) => name === 'once')
    expect(made).toHaveLength(1)
  })

  test('is not waited for once its signal is aborted', async () => {
    relay.breakNext(100)
    const reason = new Error('enough')
    const controller = new AbortController()
    const asking = client.job('x', { signal: controller.signal })
    await waitFor(() => relay.requests() >= 2)
    controller.abort(reason)
    await expect(asking).rejects.toBe(reason)
  })
})

describe('keys', () => {
  test('are made, changed, looked at and revoked', async () => {
    const { key } = await api.makeKey({ scopes: ['admin'] })
    const { keys, stats } = createClient({ baseUrl: api.url, apiKey: key })
    const { id } = await keys.create({ name: 'a shop', scopes: ['predict'], rate: '5/s' })
    expect(await keys.set(id, { rate: null, note: 'ask Ann' })).toMatchObject({ rate: null })
    expect((await keys.disable(id)).state).toBe('disabled')
    expect((await keys.enable(id)).state).toBe('active')
    const successor = await keys.rotate(id, { grace: '1h' })
    expect(await keys.get(id)).toMatchObject({ name: 'a shop', replaced_by: successor.id })
    const holder = createClient({ baseUrl: api.url, apiKey: successor.key })
    const own = await holder.keys.self()
    expect(own).toMatchObject({ id: successor.id, line: [{ id }, { id: successor.id }] })
    expect((await keys.revoke(successor.id)).state).toBe('revoked')
    const done = (await keys.audit({ key: id, limit: 10 })).map(({ action }) => action)
    expect(done).toEqual(['rotate', 'enable', 'disable', 'change', 'create'])
    expect((await stats()).counts.failed).toBeGreaterThanOrEqual(0)
  })
})

test('a batch may be a stream', async () => {
  const rows = new Blob(['feature_a,feature_b\n', '1,1\n']).stream()
  const { id } = await client.submitBatch(rows, { type: 'text/csv' })
  expect(await client.job(id)).toMatchObject({ kind: 'batch', state: 'queued' })
  expect(await errorOf(client.result(id))).toMatchObject({ code: 'not_ready' })
})

test('jobs are filtered, cancelled and retried, several at once', async () => {
  const { id } = await client.submit(features)
  const { id: other } = await client.submit(features)
  expect(await client.cancelJobs([id])).toEqual([{ id, outcome: 'cancelled', state: 'cancelled' }])
  const found = await client.jobs({ idPrefix: id, state: 'cancelled', kind: 'slow-prediction' })
  expect(found.jobs.map((job) => job.id)).toEqual([id])
  expect(await client.retry(id)).toMatchObject({ id, state: 'queued' })
  expect(await client.retryJobs([other])).toMatchObject([{ id: other, outcome: 'conflict' }])
  expect(await errorOf(client.jobs({ all: true }))).toMatchObject({ code: 'forbidden' })
})
