import { type MadeKey, rotateWebhookSecret, setKey } from '@dsapi/auth'
import { cancelJob, type JobId } from '@dsapi/queue'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type RunningApi, runApi } from './running-api.ts'

const url = 'https://shop.example.com/hook'
const row = '{"feature_a": 1, "feature_b": 1}'

let api: RunningApi
beforeAll(async () => {
  api = await runApi({ config: { webhookHosts: ['10.1.2.3'] } })
})
afterAll(() => api.stop())

const by = () => ({ actor: 'cli:test', now: Date.now() }) as const

const makeKey = async (scopes: readonly ('predict' | 'jobs' | 'admin')[] = ['predict', 'jobs']) => {
  const made = await api.makeKey({ scopes })
  const { secret } = await rotateWebhookSecret(api.db, made.stored.id, by())
  return { ...made, secret }
}

/** Every member of an answer that a test looks at. */
type Answer = {
  readonly id: string
  readonly message: string
  readonly secret: string
  readonly previous_until: string
  readonly webhook_url: string
  readonly next_cursor?: string
  readonly detail?: readonly { readonly message: string }[]
  readonly jobs: readonly object[]
  readonly audit: readonly { readonly action: string }[]
  readonly deliveries: readonly { readonly id: string; readonly job_id: string }[]
}

type Asked = {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

const ask = async ({ key }: MadeKey, path: string, { headers, ...init }: Asked = {}) => {
  const response = await fetch(api.url + path, {
    ...init,
    headers: { 'x-api-key': key, ...headers },
  })
  return { status: response.status, body: (await response.json()) as Answer }
}

const submit = (key: MadeKey, headers: Readonly<Record<string, string>> = {}) =>
  ask(key, '/predict-slow', { method: 'POST', headers, body: row })

const post = (body?: unknown): Asked => ({
  method: 'POST',
  ...(body !== undefined && { body: JSON.stringify(body) }),
})

test('a job with a Webhook-URL names it, and lists what is sent to it when it has ended', async () => {
  const key = await makeKey()
  const { body } = await submit(key, { 'webhook-url': url })
  const path = `/jobs/${body.id}`
  expect((await ask(key, path)).body).toMatchObject({ webhook_url: url, webhook_deliveries: [] })
  await ask(key, path, { method: 'DELETE' })
  expect((await ask(key, path)).body).toMatchObject({
    webhook_url: url,
    webhook_deliveries: [
      {
        ...{ job_id: body.id, type: 'job.cancelled', url, state: 'pending', attempts: 0 },
        ...{ last_status: null, last_error: null, finished_at: null },
      },
    ],
  })
})

test('a batch takes a Webhook-URL too', async () => {
  const key = await makeKey()
  const headers = { 'webhook-url': url, 'content-type': 'text/csv' }
  const body = 'feature_a,feature_b\n1,1\n'
  const submitted = await ask(key, '/jobs/batch', { method: 'POST', headers, body })
  expect(submitted.status).toBe(202)
  expect((await ask(key, `/jobs/${submitted.body.id}`)).body).toMatchObject({ webhook_url: url })
})

test("without a Webhook-URL the key's own is used, and one in the request goes before it", async () => {
  const key = await makeKey()
  await setKey(api.db, key.stored.id, { webhookUrl: url }, by())
  const asked = 'https://other.example.com/'
  const urlOf = async (headers: Readonly<Record<string, string>>) => {
    const { body } = await submit(key, headers)
    return (await ask(key, `/jobs/${body.id}`)).body.webhook_url
  }
  // The server knows of the change within a second.
  await expect.poll(() => urlOf({})).toBe(url)
  expect(await urlOf({ 'webhook-url': asked })).toBe(asked)
})

test.each([
  ['http://shop.example.com', 'must begin with https://'],
  ['https://127.0.0.1/', 'must not be inside the network of the server: 127.0.0.1'],
  ['https://[::ffff:127.0.0.1]/', 'must not be inside'],
  ['https://169.254.169.254/', 'must not be inside'],
  ['https://localhost/', 'must not be inside'],
  ['https://a:b@shop.example.com/', 'must not contain a user'],
  ['shop.example.com', 'must be a URL'],
  ['https://shop.example.com/?k=whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'must not contain an API'],
])('the webhook %s is refused with a reason, and no job is made', async (refused, reason) => {
  const key = await makeKey()
  const { status, body } = await submit(key, { 'webhook-url': refused })
  expect({ status, body }).toMatchObject({ status: 400, body: { code: 'invalid_request' } })
  expect(body.message).toContain(`Webhook-URL ${reason}`)
  expect((await ask(key, '/jobs')).body.jobs).toEqual([])
})

test("a key's own URL that is inside by now is refused when a job is submitted", async () => {
  const key = await makeKey()
  await setKey(api.db, key.stored.id, { webhookUrl: 'https://10.9.9.9/' }, by())
  await expect
    .poll(async () => (await submit(key)).body)
    .toMatchObject({
      code: 'invalid_request',
      message: expect.stringContaining('The webhook URL of the key must not be inside'),
    })
})

test('an inside host that the operator allows is accepted', async () => {
  const key = await makeKey()
  expect((await submit(key, { 'webhook-url': 'http://10.1.2.3:8080/' })).status).toBe(202)
  expect((await submit(key, { 'webhook-url': 'http://10.1.2.4:8080/' })).status).toBe(400)
})

test('a webhook of a key without a secret is refused with what to do', async () => {
  const key = await api.makeKey()
  expect(await submit(key, { 'webhook-url': url })).toMatchObject({
    status: 409,
    body: { code: 'conflict', message: expect.stringContaining('/webhook-secret') },
  })
})

test('an admin makes a secret, which is shown once, and gives the key a URL', async () => {
  const admin = await makeKey(['admin'])
  const { stored } = await api.makeKey()
  const path = `/keys/${stored.id}`
  const change = { method: 'PATCH', body: JSON.stringify({ webhook_url: url }) }
  expect(await ask(admin, path, change)).toMatchObject({
    status: 400,
    body: { detail: [{ field: 'webhook_url', message: expect.stringContaining('secret') }] },
  })
  const first = await ask(admin, `${path}/webhook-secret`, post())
  expect(first).toMatchObject({ status: 201, body: { secret: expect.stringMatching(/^whsec_/) } })
  const second = await ask(admin, `${path}/webhook-secret`, post())
  expect(Date.parse(second.body.previous_until)).toBeGreaterThan(Date.now() + 86_300_000)
  expect(await ask(admin, path, change)).toMatchObject({ status: 200, body: { webhook_url: url } })
  const inside = { method: 'PATCH', body: JSON.stringify({ webhook_url: 'https://10.0.0.1' }) }
  expect(await ask(admin, path, inside)).toMatchObject({
    status: 400,
    body: { detail: [{ field: 'webhook_url', message: expect.stringContaining('inside') }] },
  })
  const audit = await ask(admin, `/keys/audit?key=${stored.id}`)
  expect(audit.body.audit.map(({ action }) => action)).toEqual([
    ...['change', 'rotate_webhook_secret', 'rotate_webhook_secret', 'create'],
  ])
  for (const { body } of [audit, await ask(admin, '/keys'), await ask(admin, path)]) {
    expect(JSON.stringify(body)).not.toContain(second.body.secret.slice(6))
  }
})

test('deliveries are listed in pages and redelivered by their key alone', async () => {
  const key = await makeKey()
  const other = await makeKey()
  const ids: string[] = []
  for (let i = 0; i < 3; i++) {
    const { body } = await submit(key, { 'webhook-url': url })
    await cancelJob(api.db, { id: body.id as JobId, keyId: undefined })
    ids.unshift(body.id)
  }
  const first = (await ask(key, '/webhooks/deliveries?limit=2')).body
  const rest = (await ask(key, `/webhooks/deliveries?cursor=${first.next_cursor}`)).body
  const listed = [...first.deliveries, ...rest.deliveries]
  expect(listed.map(({ job_id }) => job_id)).toEqual(ids)
  expect(rest.next_cursor).toBeUndefined()
  expect((await ask(key, '/webhooks/deliveries?state=failed')).body.deliveries).toEqual([])
  expect((await ask(other, '/webhooks/deliveries')).body.deliveries).toEqual([])

  const again = `/webhooks/deliveries/${listed[0].id}/redeliver`
  expect((await ask(other, again, post())).status).toBe(404)
  expect((await ask(other, '/webhooks/deliveries/nonsense/redeliver', post())).status).toBe(404)
  expect(await ask(key, again, post())).toMatchObject({
    status: 202,
    body: { id: listed[0].id, state: 'pending' },
  })
})

test('a test needs a URL, which is checked', async () => {
  const key = await makeKey()
  const detailOf = async (body?: unknown) =>
    (await ask(key, '/webhooks/test', post(body))).body.detail?.[0].message
  expect(await detailOf()).toContain('is required')
  expect(await detailOf({ url: 'https://10.0.0.1' })).toContain('must not be inside')
  expect(await ask(key, '/webhooks/test', post({ url }))).toMatchObject({
    status: 202,
    body: { type: 'webhook.test', job_id: null, url, state: 'pending' },
  })
})

test('an admin who lists the jobs of all keys does not see their webhooks', async () => {
  const key = await makeKey()
  await submit(key, { 'webhook-url': url })
  const admin = await makeKey(['admin'])
  const { body } = await ask(admin, `/jobs?all=true&owner=${key.stored.id}`)
  expect(body.jobs).toHaveLength(1)
  expect(body.jobs[0]).not.toHaveProperty('webhook_url')
})

test('finished and pending deliveries are counted in the metrics', async () => {
  const text = async () => (await fetch(api.metricsUrl ?? '')).text()
  const now = Date.now()
  const delivery = {
    owner_id: 'k',
    job_id: null,
    type: 'webhook.test',
    url,
    body: '{}',
    attempts: 1,
  }
  const times = { created_at: now, scheduled_at: now, next_attempt_at: now, give_up_at: now }
  for (const [id, state] of [
    ['a', 'delivered'],
    ['b', 'failed'],
    ['c', 'failed'],
  ] as const) {
    await api.db
      .insertInto('webhook_deliveries')
      .values({ ...delivery, ...times, id, state, finished_at: now })
      .execute()
  }
  await expect
    .poll(text, { timeout: 20_000 })
    .toMatch(/dsapi_webhook_deliveries_total\{outcome="failed"\} 2/)
  const metrics = await text()
  expect(metrics).toMatch(/dsapi_webhook_deliveries_total\{outcome="delivered"\} 1/)
  expect(metrics).toMatch(/dsapi_webhook_deliveries_pending [1-9]/)
})
