import type { Scope } from '@dsapi/auth'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type RunningApi, runApi } from '../running-api.ts'
import { type Asking, addVersion, asking, constant, rows } from './models-api.ts'

let api: RunningApi
let admin: Asking
let adminId: string
beforeAll(async () => {
  api = await runApi({ config: { maxModel: 100_000 } })
  const { key, stored } = await api.makeKey({ scopes: ['predict', 'jobs', 'admin'] })
  admin = asking(api.url, key)
  adminId = stored.id
})
afterAll(() => api.stop())

const formOf = (parts: Readonly<Record<string, string>>) => {
  const form = new FormData()
  for (const [name, content] of Object.entries(parts)) form.append(name, new Blob([content]), name)
  return form
}

const upload = async (name: string, form: FormData) => {
  const { key } = await api.makeKey({ scopes: ['admin'] })
  const url = `${api.url}/models/${name}/versions`
  const response = await fetch(url, { method: 'POST', headers: { 'x-api-key': key }, body: form })
  return { status: response.status, body: await response.json() }
}

describe('GET /models/{name}/versions/{version}/file', () => {
  test('returns the bytes that were added, to admins', async () => {
    const file = ` ${JSON.stringify(constant(1))}\n`
    await admin.post('/models/with-file/versions', file)
    const path = `${api.url}/models/with-file/versions/1/file`
    const get = async (scopes: readonly Scope[]) => {
      const { key } = await api.makeKey({ scopes })
      return fetch(path, { headers: { 'x-api-key': key } })
    }
    const answer = await get(['admin'])
    expect(answer.headers.get('content-type')).toBe('application/octet-stream')
    expect(await answer.text()).toBe(file)
    expect((await get(['predict', 'jobs'])).status).toBe(403)
  })

  test('names what is unknown', async () => {
    expect((await admin.get('/models/added/versions/99/file')).status).toBe(404)
    expect((await admin.get('/models/nowhere/versions/1/file')).status).toBe(404)
  })
})

describe('POST /models/{name}/versions', () => {
  test('adds a model, which is served at once, and its later versions, which are not', async () => {
    const first = await admin.post('/models/added/versions', constant(0))
    expect(first).toMatchObject({
      status: 201,
      body: { name: 'added', version: 1, format: 'dsapi-logistic-regression', served: true },
    })
    expect(first.headers.get('location')).toBe('/models/added/versions/1')
    const second = await admin.post('/models/added/versions', constant(1))
    expect(second.body).toMatchObject({ version: 2, served: false })
    const third = await admin.post('/models/added/versions?serve=true', constant(1, 3))
    expect(third.body).toMatchObject({ version: 3, served: true })
  })

  test('takes options in a form and in the query', async () => {
    const file = JSON.stringify(constant(0))
    const inForm = await upload(
      'in-form',
      formOf({ options: '{"rename": {"feature_a": "size"}}', file }),
    )
    expect(inForm).toMatchObject({ status: 201, body: { version: 1 } })
    const options = encodeURIComponent('{"rename": {"feature_a": "size"}}')
    expect((await admin.post(`/models/in-query/versions?options=${options}`, file)).status).toBe(
      201,
    )
    const { body } = await admin.get('/models/in-query/versions/1')
    expect(body).toMatchObject({ options: { rename: { feature_a: 'size' } } })
  })

  test.each([
    ['an empty file', '', 422, 'model_refused'],
    ['a text', 'hello', 422, 'model_refused'],
    ['a pickle', '\u0080\u0004\u0095', 422, 'model_refused'],
    ['a file that is too large', ' '.repeat(100_001), 413, 'body_too_large'],
  ])('refuses %s, and says why', async (_, file, status, code) => {
    const answer = await admin.post('/models/refused/versions', file)
    expect(answer).toMatchObject({
      status,
      body: { code, message: expect.stringMatching(/.{10}/) },
    })
    expect((await admin.get('/models/refused')).status).toBe(404)
  })

  test('refuses options that it does not know', async () => {
    const form = formOf({ options: '{"colour": 1}', file: JSON.stringify(constant(0)) })
    expect(await upload('refused', form)).toMatchObject({
      status: 400,
      body: { code: 'invalid_body', detail: [{ field: 'options' }] },
    })
  })

  test('never takes code: a Python model is named on the server', async () => {
    const spec = { python: 'os:system', dsapi: 'python' }
    const answer = await admin.post('/models/refused/versions', spec)
    expect(answer).toMatchObject({ status: 422, body: { code: 'model_refused' } })
  })

  test('is in the audit, with the key as its actor', async () => {
    await admin.post('/models/audited/versions', constant(0))
    const { actor, action } = await api.db
      .selectFrom('model_audit')
      .selectAll()
      .where('name', '=', 'audited')
      .orderBy('id')
      .executeTakeFirstOrThrow()
    expect({ actor, action }).toEqual({ actor: `key:${adminId}`, action: 'add' })
  })
})

describe('what is served', () => {
  test('is another version from the answer on, and the one before after a roll back', async () => {
    await addVersion(admin, 'turns', constant(0))
    await addVersion(admin, 'turns', constant(1))
    const served = await admin.send('PUT', '/models/turns/served', { version: 2 })
    expect(served).toMatchObject({ status: 200, body: { version: 2, canary: null } })
    const { body } = await admin.post('/models/turns/predict', rows)
    expect(body).toMatchObject({ predictions: [{ class: 1 }] })
    expect((await admin.post('/models/turns/rollback')).body).toMatchObject({ version: 1 })
    const { version } = await admin.post('/models/turns/predict', rows)
    expect(version).toMatch(/^1-/)
    expect(await admin.post('/models/turns/rollback')).toMatchObject({
      status: 409,
      body: { code: 'conflict' },
    })
  })

  test('cannot be removed; another version can', async () => {
    await addVersion(admin, 'removed', constant(0))
    await addVersion(admin, 'removed', constant(1))
    const remove = (version: number) => admin.send('DELETE', `/models/removed/versions/${version}`)
    expect((await remove(1)).status).toBe(409)
    expect(await remove(2)).toMatchObject({ status: 200, body: { version: 2 } })
    expect((await remove(2)).status).toBe(404)
    expect((await admin.get('/models/removed/versions/2')).status).toBe(404)
  })

  test.each([
    [{}, 'version'],
    [{ version: 'two' }, 'version'],
    [{ version: 1, canary: '200%' }, 'canary'],
    [{ version: 1, canary: 0.1 }, 'canary'],
    [{ version: 1, canary: '10%', shadow: true }, ''],
    [{ version: 1, colour: 'blue' }, ''],
  ])('does not change by %j', async (change, field) => {
    expect(await admin.send('PUT', '/models/default/served', change)).toMatchObject({
      status: 400,
      body: { code: 'invalid_body', detail: [{ field }] },
    })
  })
})

describe('a request that names a version', () => {
  test('is answered by it, whatever is served', async () => {
    await addVersion(admin, 'named', constant(0))
    await addVersion(admin, 'named', constant(1))
    const path = '/models/named/versions/2'
    const many = await admin.post(`${path}/predict`, rows)
    expect(many).toMatchObject({ status: 200, body: { predictions: [{ class: 1 }] } })
    expect(many.version).toMatch(/^2-/)
    const one = await admin.get(`${path}/predict/feature_a/1/feature_b/1`)
    expect(one).toMatchObject({ status: 200, body: { class: 1 } })
  })

  test.each(['3', '0', 'one', '1e3', '99999999999999'])(
    'is 404 for the version %s',
    async (version) => {
      const answer = await admin.post(`/models/default/versions/${version}/predict`, rows)
      expect(answer).toMatchObject({ status: 404, body: { code: 'not_found' } })
    },
  )
})

test('an unknown member is refused below /models, and ignored in the paths of the example', async () => {
  const body = { instances: [{ feature_a: 1, feature_b: 1, feature_c: 1 }] }
  expect((await admin.post('/models/default/predict', body)).status).toBe(400)
  expect((await admin.post('/predict', body)).status).toBe(200)
  expect((await admin.post('/models/default/predict-slow', body.instances[0])).status).toBe(400)
  expect((await admin.post('/predict-slow', body.instances[0])).status).toBe(202)
})

test.each([
  ['text/csv', 'feature_a,feature_b,featureB\n1,1,1\n', 400],
  ['application/x-ndjson', '{"feature_a":1,"feature_b":1,"featureB":1}\n', 202],
])(
  'a batch of %s with an unknown name is for the model that is served without a name',
  async (type, body, named) => {
    const headers = { 'content-type': type }
    const refused = await admin.post('/jobs/batch?model=default', body, headers)
    expect(refused.status).toBe(named)
    if (named === 400) expect(refused.body.message).toContain('no features of the model: featureB')
    else expect(await formatOf(refused.body.id)).toMatchObject({ unknownMembers: 'refused' })
    const { status, body: accepted } = await admin.post('/jobs/batch', body, headers)
    expect(status).toBe(202)
    if (named === 202)
      expect(await formatOf(accepted.id)).toMatchObject({ unknownMembers: 'ignored' })
  },
)

const formatOf = async (id: string) => {
  const row = await api.db
    .selectFrom('jobs')
    .select('input')
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  return JSON.parse(String(row.input)).format
}

test('a job belongs to the model that it was submitted for', async () => {
  await addVersion(admin, 'slow', constant(1))
  const slow = await admin.post('/models/slow/predict-slow', { feature_a: 1, feature_b: 1 })
  const batch = await admin.post('/jobs/batch?model=slow', 'feature_a,feature_b\n1,1\n', {
    'content-type': 'text/csv',
  })
  expect([slow.status, batch.status]).toEqual([202, 202])
  const jobs = await api.db
    .selectFrom('jobs')
    .select(['model_name', 'model_version'])
    .where('id', 'in', [slow.body.id, batch.body.id])
    .execute()
  for (const job of jobs) expect(job.model_name).toBe('slow')
  expect(jobs.length).toBe(2)
})

test('an Idempotency-Key stands for a request to one model', async () => {
  await addVersion(admin, 'idempotent', constant(1))
  const send = (path: string) =>
    admin.post(path, { feature_a: 1, feature_b: 1 }, { 'idempotency-key': 'order 1' })
  const first = await send('/models/idempotent/predict-slow')
  expect((await send('/models/idempotent/predict-slow')).body).toEqual(first.body)
  expect((await send('/predict-slow')).status).toBe(422)
})
