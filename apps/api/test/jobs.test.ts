import { setTimeout } from 'node:timers/promises'
import { failJob, renewClaim, succeedJob } from '@dsapi/db'
import { LogisticRegression } from '@dsapi/model'
import { storeModel } from '@dsapi/registry'
import { waitFor } from '@dsapi/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { claimJob, sendTo } from './job-requests.ts'
import { bodyOf, type RunningApi, runApi } from './running-api.ts'

let api: RunningApi
beforeAll(async () => {
  api = await runApi()
})
afterAll(() => api.stop())

const send = (path: string, init: RequestInit = {}, key = api.key) => sendTo(api, path, init, key)

const features = '{"feature_a": 1.3, "feature_b": -3.2}'
const submit = async (headers: Record<string, string> = {}, body = features, key = api.key) => {
  const made = await send('/predict-slow', { method: 'POST', body, headers }, key)
  expect(made.status).toBe(202)
  return String(made.body.id)
}

const claim = (id: string) => claimJob(api, id)
const slow = JSON.stringify({ class: 0, class_probabilities: [0.9, 0.1], model_version: '1-abc' })
const finish = async (id: string) =>
  succeedJob(api.db, await claim(id), { result: slow, now: Date.now() })

describe('GET /jobs/{id}', () => {
  test('tells how a job stands, from its beginning to its end', async () => {
    const id = await submit()
    expect((await send(`/jobs/${id}`)).body).toMatchObject({
      id,
      kind: 'slow-prediction',
      state: 'queued',
      attempts: 0,
      created_at: expect.stringMatching(/^\d{4}-.*Z$/),
      started_at: null,
      finished_at: null,
    })
    const row = await claim(id)
    await renewClaim(api.db, row, 0.5)
    expect((await send(`/jobs/${id}`)).body).toMatchObject({ state: 'running', progress: 0.5 })
    await succeedJob(api.db, row, { result: slow, now: Date.now() })
    expect((await send(`/jobs/${id}`)).body).toMatchObject({
      state: 'succeeded',
      attempts: 1,
      result: { class: 0 },
    })
  })

  test('tells why a job has failed', async () => {
    const id = await submit()
    await failJob(api.db, await claim(id), { error: 'no such luck', now: Date.now() })
    const { body } = await send(`/jobs/${id}`)
    expect(body).toMatchObject({ state: 'failed', error: 'no such luck' })
  })

  test('names the model that the job was accepted for, which answers name too', async () => {
    const predicted = await fetch(`${api.url}/predict/feature_a/1/feature_b/1`, {
      headers: { 'x-api-key': api.key },
    })
    const { body } = await send(`/jobs/${await submit()}`)
    expect(body.model_version).toBe(predicted.headers.get('x-model-version'))
  })

  test('leaves out the stack trace that an older version stored with the error', async () => {
    const id = await submit()
    const error = 'JobError: no such luck\n    at compute (file:///srv/computing-thread.ts:25:9)'
    await failJob(api.db, await claim(id), { error, now: Date.now() })
    expect((await send(`/jobs/${id}`)).body.error).toBe('no such luck')
    const { body } = await send(`/predict-slow/${id}`)
    expect(body.message).toBe('The prediction failed: no such luck')
  })
})

describe('DELETE /jobs/{id}', () => {
  test('cancels a job, and says the same when it is asked again', async () => {
    const id = await submit()
    for (let i = 0; i < 2; i++) {
      const { status, body } = await send(`/jobs/${id}`, { method: 'DELETE' })
      expect(status).toBe(200)
      expect(body).toMatchObject({ id, state: 'cancelled' })
    }
    const gone = await send(`/predict-slow/${id}`)
    expect(gone.status).toBe(410)
    expect(gone.body).toMatchObject({ code: 'gone', message: 'The job was cancelled' })
  })

  test('cannot cancel what has ended', async () => {
    const id = await submit()
    await finish(id)
    const { status, body } = await send(`/jobs/${id}`, { method: 'DELETE' })
    expect(status).toBe(409)
    expect(body).toMatchObject({
      code: 'conflict',
      message: 'The job has already ended with the state succeeded',
    })
  })
})

describe('GET /jobs', () => {
  test('lists the jobs of the key alone, in pages, by state', async () => {
    const { key } = await api.makeKey()
    const ids = [await submit({}, features, key), await submit({}, features, key)]
    await finish(ids[0])
    const first = await send('/jobs?limit=1', {}, key)
    const second = await send(`/jobs?limit=1&cursor=${first.body.next_cursor}`, {}, key)
    const seen = [first, second].flatMap(({ body }) => body.jobs as { id: string }[])
    expect(seen.map(({ id }) => id).toSorted()).toEqual(ids.toSorted())
    expect(second.body.next_cursor).toBeUndefined()
    expect((await send('/jobs?state=succeeded', {}, key)).body).toMatchObject({
      jobs: [{ id: ids[0], state: 'succeeded' }],
    })
  })

  test.each([
    ['state=done', 'state'],
    ['limit=0', 'limit'],
    ['limit=many', 'limit'],
    ['cursor=nonsense', 'cursor'],
    ['cursor=%00', 'cursor'],
  ])('refuses ?%s and names what is wrong', async (query, field) => {
    const { status, body } = await send(`/jobs?${query}`)
    expect(status).toBe(400)
    expect(body).toMatchObject({ detail: [{ field }] })
  })
})

test('GET /jobs/stats counts all jobs, for admins', async () => {
  const { key } = await api.makeKey({ scopes: ['admin'] })
  await submit()
  const { body } = await send('/jobs/stats', {}, key)
  const counts = body.counts as Record<string, number>
  expect(counts.queued).toBeGreaterThan(0)
  expect(Object.keys(counts)).toEqual(['queued', 'running', 'succeeded', 'failed', 'cancelled'])
  expect(body.oldest_queued_seconds).toBeGreaterThanOrEqual(0)
})

describe('Prefer: wait', () => {
  const wait = (id: string, seconds: number) =>
    send(`/predict-slow/${id}`, { headers: { prefer: `wait=${seconds}` } })

  test('holds the answer until the result is there', async () => {
    const id = await submit()
    const waiting = wait(id, 60)
    await finish(id)
    const { status, body, headers } = await waiting
    expect(status).toBe(200)
    expect(body).toEqual({ class: 0 })
    expect(headers.get('preference-applied')).toBe('wait=60')
  })

  test('is not ready when the time is over', async () => {
    const { status, body, headers } = await wait(await submit(), 1)
    expect(status).toBe(404)
    expect(body).toMatchObject({ code: 'not_ready' })
    expect(headers.get('retry-after')).toBe('1')
  })

  test('is answered when the server stops', async () => {
    const stopping = await runApi()
    const headers = { 'x-api-key': stopping.key }
    const made = await fetch(`${stopping.url}/predict-slow`, {
      method: 'POST',
      body: features,
      headers,
    })
    const { id } = (await made.json()) as { id: string }
    const waiting = fetch(`${stopping.url}/predict-slow/${id}`, {
      headers: { ...headers, prefer: 'wait=60' },
    })
    await setTimeout(200)
    await stopping.stop()
    expect((await waiting).status).toBe(404)
  })
})

describe('Idempotency-Key', () => {
  const same = { 'idempotency-key': 'order 7' }

  test('gives the same id to the same request, however often it comes', async () => {
    const ids = await Promise.all(Array.from({ length: 10 }, () => submit(same)))
    expect(new Set(ids).size).toBe(1)
    expect(await submit(same, '{"feature_b": "-3.2", "feature_a": 1.3}')).toBe(ids[0])
  })

  test('refuses another request under the same key', async () => {
    await submit({ 'idempotency-key': 'order 8' })
    const other = await send('/predict-slow', {
      method: 'POST',
      body: '{"feature_a": 0, "feature_b": 0}',
      headers: { 'idempotency-key': 'order 8' },
    })
    expect(other.status).toBe(422)
    expect(other.body).toMatchObject({ code: 'idempotency_conflict' })
  })

  test.each(['', 'x'.repeat(256), 'caf\u00e9'])('refuses %j as a key', async (key) => {
    const headers = { 'idempotency-key': key }
    const { status } = await send('/predict-slow', { method: 'POST', body: features, headers })
    expect(status).toBe(400)
  })

  test('is refused when it holds the key that it came with, or any key, however encoded', async () => {
    const secret = api.key.slice(6)
    const foreign = `dsapi_${'aB3dE6gH9'.repeat(5).slice(0, 38)}`
    const held = [api.key, `a ${foreign}`, `%64sapi_${secret}`, `%2564sapi_${secret}`]
    for (const key of [...held, `dsapi_${secret.slice(0, 20)}/${secret.slice(20)}`]) {
      const headers = { 'idempotency-key': key }
      const { status, body } = await send('/predict-slow', {
        method: 'POST',
        body: features,
        headers,
      })
      expect(status).toBe(400)
      expect(body).toMatchObject({ code: 'invalid_request' })
      expect(JSON.stringify(body)).not.toContain(secret.slice(0, 20))
    }
  })

  test('gives the same id after another model is served, whatever its columns', async () => {
    const changing = await runApi()
    const headers = { 'x-api-key': changing.key, 'idempotency-key': 'order 10' }
    const slow = (body: string) =>
      fetch(`${changing.url}/predict-slow`, { method: 'POST', body, headers })
    const batch = (body: string) =>
      fetch(`${changing.url}/jobs/batch`, {
        method: 'POST',
        body,
        headers: { ...headers, 'idempotency-key': 'order 11', 'content-type': 'text/csv' },
      })
    const csv = 'feature_a,feature_b\n1,1\n'
    const first = [await bodyOf(await slow(features)), await bodyOf(await batch(csv))]
    const rows = [[0], [1], [2], [3]]
    const other = new LogisticRegression().fit(rows, [0, 0, 1, 1], { featureNames: ['x'] })
    await storeModel(changing.db, other, Date.now())
    await waitFor(async () => (await fetch(`${changing.url}/predict/x/1`, { headers })).ok)
    const repeated = [await slow(features), await batch(csv)]
    expect(repeated.map(({ status }) => status)).toEqual([202, 202])
    expect(await Promise.all(repeated.map(bodyOf))).toEqual(first)
    for (const answer of [
      await slow('{"feature_a": 1}'),
      await slow('nonsense'),
      await batch('x\n1\n'),
    ])
      expect(answer.status).toBe(422)
    await changing.stop()
  })

  test('gives the same id for a job that an older version made of the features alone', async () => {
    const headers = { 'idempotency-key': 'order 12' }
    const id = await submit(headers)
    await api.db
      .updateTable('jobs')
      .set({ fingerprint: 'of an older version' })
      .where('id', '=', id)
      .execute()
    expect(await submit(headers)).toBe(id)
  })

  test('gives the same id at two servers', async () => {
    const other = await runApi({ config: { database: api.database } })
    const headers = { 'x-api-key': api.key, 'idempotency-key': 'order 9' }
    const init = { method: 'POST', body: features, headers }
    const answers = await Promise.all(
      [api, other, api, other].map(async ({ url }) =>
        (await fetch(`${url}/predict-slow`, init)).json(),
      ),
    )
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
    await other.stop()
  })
})

describe('GET /jobs/{id}/events', () => {
  const events = async (id: string, headers: Record<string, string> = {}) => {
    const response = await fetch(`${api.url}/jobs/${id}/events`, {
      headers: { 'x-api-key': api.key, ...headers },
    })
    return { status: response.status, headers: response.headers, text: await response.text() }
  }
  const names = (text: string) => [...text.matchAll(/^event: (\w+)$/gm)].map(([, name]) => name)

  test('tells each state until the end, and then closes', async () => {
    const id = await submit()
    const told = events(id)
    await setTimeout(1200)
    await finish(id)
    const { text, headers } = await told
    expect(headers.get('content-type')).toContain('text/event-stream')
    expect(names(text)).toEqual(['queued', 'succeeded'])
    expect(text).toContain('"result":{"class":0')
  })

  test('does not repeat what a client that comes back knows', async () => {
    const id = await submit()
    await finish(id)
    const { text } = await events(id, { 'last-event-id': 'queued-0-' })
    expect(names(text)).toEqual(['succeeded'])
    const lastId = /^id: (.*)$/m.exec(text)?.[1] ?? ''
    expect(await events(id, { 'last-event-id': lastId })).toMatchObject({ status: 204, text: '' })
  })

  test('HEAD is answered, and waits for nothing', async () => {
    const id = await submit()
    const init = { method: 'HEAD', headers: { 'x-api-key': api.key } }
    const response = await fetch(`${api.url}/jobs/${id}/events`, init)
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('text/event-stream')
  })

  test('ends when the server stops', async () => {
    const stopping = await runApi()
    const headers = { 'x-api-key': stopping.key }
    const init = { method: 'POST', body: features, headers }
    const { id } = (await (await fetch(`${stopping.url}/predict-slow`, init)).json()) as {
      id: string
    }
    const response = await fetch(`${stopping.url}/jobs/${id}/events`, { headers })
    const text = response.text()
    await stopping.stop()
    expect(names(await text)).toEqual(['queued'])
  })
})
