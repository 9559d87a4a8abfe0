import { randomBytes, randomUUID } from 'node:crypto'
import {
  claimDeliveries,
  type Database,
  findDelivery,
  insertWebhookDelivery,
  openDatabase,
  replaceWebhookSecret,
} from '@dsapi/db'
import { emptyDatabase, waitFor } from '@dsapi/testing'
import { Webhook } from 'standardwebhooks'
import { beforeEach, expect, test } from 'vitest'
import { type Received, receive } from '../../test/receive.ts'
import { redeliver, sendTest } from './manage-deliveries.ts'
import { type Deliveries, type DeliveriesOptions, startDeliveries } from './start-deliveries.ts'

const dayMs = 86_400_000
const ownerId = 'k'

let db: Database
let started: Deliveries[]
beforeEach(async () => {
  started = []
  db = await openDatabase({ url: await emptyDatabase() }, { create: true })
  return async () => {
    for (const { stop } of started) await stop(0)
    await db.destroy()
  }
})

const start = (options: Partial<DeliveriesOptions> = {}) => {
  const deliveries = startDeliveries(db, {
    allowedHosts: ['127.0.0.1'],
    onAttempt: () => {},
    onError: (error) => expect.unreachable(String(error)),
    ...options,
  })
  started.push(deliveries)
  return deliveries
}

const addSecret = async (owner = ownerId, now = Date.now()) => {
  const secret = `whsec_${randomBytes(24).toString('base64')}`
  const row = { id: randomUUID(), owner_id: owner, secret, created_at: now }
  await replaceWebhookSecret(db, row, { expiresAt: now + dayMs })
  return secret
}

const addDelivery = async (url: string, owner = ownerId, giveUpAt = Date.now() + dayMs) => {
  const id = randomUUID()
  const body = JSON.stringify({ type: 'job.succeeded', data: { text: 'ü' } })
  const row = { id, owner_id: owner, job_id: null, type: 'job.succeeded', url, body }
  await insertWebhookDelivery(db, row, { now: Date.now(), giveUpAt })
  return id
}

const stored = async (id: string) => {
  const row = await findDelivery(db, id)
  if (row === undefined) throw new Error('The delivery should be there')
  return row
}

/** The delivery after an attempt. */
const attempted = async (id: string) => {
  await waitFor(async () => {
    const { last_error, state } = await stored(id)
    return last_error !== null || state !== 'pending'
  })
  return stored(id)
}

/** @throws when it was not signed with the secret */
const verify = (secret: string, { headers, body }: Received) =>
  new Webhook(secret).verify(body, {
    'webhook-id': String(headers['webhook-id']),
    'webhook-timestamp': String(headers['webhook-timestamp']),
    'webhook-signature': String(headers['webhook-signature']),
  })

test('a delivery is sent with a signature that the library of Standard Webhooks verifies', async () => {
  const secret = await addSecret()
  const receiver = await receive()
  const id = await addDelivery(receiver.url)
  start()
  expect(await attempted(id)).toMatchObject({
    ...{ state: 'delivered', attempts: 1, last_status: 204, last_error: null },
    finished_at: expect.any(Number),
  })
  const [received] = receiver.all
  expect(verify(secret, received)).toEqual({ type: 'job.succeeded', data: { text: 'ü' } })
  expect(() => verify(`whsec_${'A'.repeat(32)}`, received)).toThrow()
  expect(received.headers).toMatchObject({
    'webhook-id': id,
    'content-type': 'application/json',
  })
})

test('after two rotations in a day, each of the three secrets verifies; one whose time is over does not', async () => {
  const over = await addSecret(ownerId, Date.now() - 2 * dayMs)
  const secrets = [
    await addSecret(ownerId, Date.now() - 1.5 * dayMs),
    await addSecret(ownerId, Date.now() - 1000),
    await addSecret(),
  ]
  const receiver = await receive()
  await attemptedAt(receiver.url)
  for (const secret of secrets) verify(secret, receiver.all[0])
  expect(() => verify(over, receiver.all[0])).toThrow()
})

const attemptedAt = async (url: string) => {
  const id = await addDelivery(url)
  start()
  return attempted(id)
}

test('a delivery that was not accepted is tried again after a pause, with the same id', async () => {
  await addSecret()
  const receiver = await receive(() => (receiver.all.length === 1 ? 503 : 200))
  const id = await addDelivery(receiver.url)
  start()
  const failed = await attempted(id)
  expect(failed).toMatchObject({
    ...{ state: 'pending', attempts: 1, last_status: 503 },
    last_error: 'The server answered with the status 503',
  })
  expect(failed.next_attempt_at - (failed.last_attempt_at ?? 0)).toBeGreaterThanOrEqual(5000)
  await redeliver(db, id, undefined) // Instead of the pause.
  await waitFor(async () => (await stored(id)).state === 'delivered')
  expect(receiver.all.map(({ headers }) => headers['webhook-id'])).toEqual([id, id])
})

test.each([
  ['a redirect', 302, 'pending'],
  ['that it wants no more', 410, 'failed'],
] as const)('a receiver that answers %s is not asked elsewhere', async (_, status, state) => {
  await addSecret()
  const paths: string[] = []
  const receiver = await receive((_, path) => {
    paths.push(path)
    return status
  })
  expect(await attemptedAt(receiver.url)).toMatchObject({ state, last_status: status })
  expect(paths).toEqual(['/hook'])
})

test.each([
  ['a URL inside the network', 'https://127.0.0.1:PORT/', [], 'The URL must not be inside'],
  ['a name inside the network', 'https://a.localhost:PORT/', ['b.internal'], 'inside'],
  ['a URL without TLS', 'http://example.com:PORT/', ['127.0.0.1'], 'must begin with https'],
])('%s is not asked, and not tried again', async (_, url, allowedHosts, reason) => {
  await addSecret()
  const receiver = await receive()
  const id = await addDelivery(url.replace('PORT', new URL(receiver.url).port))
  start({ allowedHosts })
  expect(await attempted(id)).toMatchObject({
    ...{ state: 'failed', attempts: 1, last_status: null },
    last_error: expect.stringContaining(reason),
  })
  expect(receiver.all).toEqual([])
})

test('a delivery whose day is over is not tried again', async () => {
  await addSecret()
  const receiver = await receive(() => 500)
  const id = await addDelivery(receiver.url, ownerId, Date.now())
  start()
  expect(await attempted(id)).toMatchObject({ state: 'failed', last_status: 500 })
})

test('a delivery without a secret is not sent', async () => {
  const receiver = await receive()
  expect(await attemptedAt(receiver.url)).toMatchObject({
    ...{ state: 'pending', last_error: 'The key has no secret to sign with' },
  })
  expect(receiver.all).toEqual([])
})

test('a claimed delivery is left alone by others, and claimed again when its time is over', async () => {
  const id = await addDelivery('https://example.com')
  const now = Date.now()
  const claim = { limit: 9, busyOwners: [], now, until: now + 1000 }
  expect(await claimDeliveries(db, claim)).toMatchObject([{ id, attempts: 1 }])
  expect(await claimDeliveries(db, claim)).toEqual([])
  const later = { ...claim, now: now + 1000, until: now + 2000 }
  expect(await claimDeliveries(db, later)).toMatchObject([{ id, attempts: 2 }])
})

test('servers of one owner that do not answer do not hold up the webhooks of another', async () => {
  await addSecret('slow')
  await addSecret()
  const silent = await receive(() => undefined)
  for (let i = 0; i < 50; i++) await addDelivery(silent.url, 'slow')
  const id = await addDelivery((await receive()).url)
  start()
  expect(await attempted(id)).toMatchObject({ state: 'delivered' })
  expect(silent.all.length).toBeLessThan(16)
})

test('an attempt that a stop ends is made again when its claim is over', async () => {
  await addSecret()
  const arrived = Promise.withResolvers<void>()
  const silent = await receive(() => {
    arrived.resolve()
    return undefined
  })
  const id = await addDelivery(silent.url)
  const deliveries = start()
  await arrived.promise
  await deliveries.stop(0)
  expect(await stored(id)).toMatchObject({ state: 'pending', attempts: 1, last_error: null })
})

test('a test is sent once', async () => {
  const secret = await addSecret()
  const receiver = await receive(() => 500)
  const { id } = await sendTest(db, { ownerId, url: receiver.url })
  start()
  expect(await attempted(id)).toMatchObject({ state: 'failed', last_status: 500 })
  expect(verify(secret, receiver.all[0])).toMatchObject({ type: 'webhook.test' })
})
