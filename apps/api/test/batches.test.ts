import { setTimeout } from 'node:timers/promises'
import { putChunk, succeedJob } from '@dsapi/db'
import { parseJobId } from '@dsapi/queue'
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

const claim = (id: string) => claimJob(api, id)
describe('POST /jobs/batch', () => {
  const post = (body: string | Uint8Array<ArrayBuffer>, type = 'text/csv', headers = {}) =>
    send('/jobs/batch', { method: 'POST', body, headers: { 'content-type': type, ...headers } })

  const chunksOf = async (id: unknown) =>
    (
      await api.db
        .selectFrom('job_chunks')
        .selectAll()
        .where('job_id', '=', String(id))
        .orderBy('position')
        .execute()
    ).map(({ content }) => content)

  test('writes rows down in chunks of whole lines, in order, without the header', async () => {
    const rows = Array.from({ length: 200_000 }, (_, i) => `${i},${-i}\n`).join('')
    const { status, body, headers } = await post(`feature_a,feature_b\n${rows}`)
    expect(status).toBe(202)
    expect(parseJobId(String(body.id))).toBeDefined()
    expect(headers.get('location')).toBe(`/jobs/${body.id}`)
    const chunks = await chunksOf(body.id)
    expect(chunks.length).toBeGreaterThan(1)
    expect(chunks.join('') === rows).toBe(true)
    for (const chunk of chunks) expect(chunk.endsWith('\n')).toBe(true)
  })

  test('takes NDJSON as it comes, but for a byte order mark', async () => {
    const { body } = await post('\uFEFF[1, 2]\n[3, 4]', 'application/x-ndjson')
    expect(await chunksOf(body.id)).toEqual(['[1, 2]\n[3, 4]'])
  })

  test.each([
    ['nothing', '', 'text/csv', 400],
    ['a header alone', 'feature_a,feature_b\n', 'text/csv', 400],
    ['a header that lacks a feature', 'feature_a\n1\n', 'text/csv', 400],
    ['what is not UTF-8', new Uint8Array([0x66, 0xff, 0x0a]), 'text/csv', 400],
    ['a line without end', 'x'.repeat(2 ** 20 + 1), 'application/x-ndjson', 400],
    ['another type', '{}', 'application/json', 415],
  ])('refuses %s, and keeps nothing of it', async (_, body, type, status) => {
    const before = await api.db.selectFrom('job_chunks').select('job_id').distinct().execute()
    const answer = await post(body, type)
    expect(answer.status).toBe(status)
    expect(answer.body.error).toBe(true)
    const after = await api.db.selectFrom('job_chunks').select('job_id').distinct().execute()
    expect(after).toHaveLength(before.length)
  })

  test.each([
    [
      'a header with a column twice',
      'feature_a,feature_b,feature_a\n1,2,3\n',
      '"feature_a" of the header is there twice',
    ],
    [
      'a quote that is never closed',
      'feature_a,feature_b\n1,"2\n3,4\n',
      'the quote on line 2 is never closed',
    ],
    [
      'text after a closing quote',
      'feature_a,feature_b\n1,"2"3\n',
      'line 2 has "3" after a closing quote',
    ],
  ])('refuses %s, and says where it is', async (_, body, why) => {
    const answer = await post(body)
    expect(answer.status).toBe(400)
    expect(answer.body).toMatchObject({
      code: 'invalid_body',
      message: expect.stringContaining(why),
    })
  })

  test('keeps a field with a line break in one piece with its row', async () => {
    const { body } = await post('note,feature_a,feature_b\r\n"two\nlines",1,2\r\n')
    expect((await chunksOf(body.id)).join('').trimStart()).toBe('"two\nlines",1,2\r\n')
  })

  describe('with a full queue', () => {
    const allChunks = (db: RunningApi['db']) => db.selectFrom('job_chunks').selectAll().execute()

    test('is refused before its first row has come, and stores nothing', async () => {
      const full = await runApi({ config: { queueLimit: 1 } })
      const headers = { 'x-api-key': full.key, 'content-type': 'text/csv' }
      const held = new TransformStream<Uint8Array, Uint8Array>()
      const writer = held.writable.getWriter()
      const init = { method: 'POST', headers, body: held.readable, duplex: 'half' } as const
      const uploading = fetch(`${full.url}/jobs/batch`, init)
      await writer.write(Buffer.from('feature_a,feature_b\n'))
      // What is wrong is told only where there is a place.
      const other = () =>
        fetch(`${full.url}/jobs/batch`, { method: 'POST', headers, body: 'x\n1\n' })
      // The place is taken as soon as the first batch has begun to come.
      await waitFor(async () => (await other()).status === 503)
      await writer.write(Buffer.from('1,1\n'))
      await writer.close()
      expect((await uploading).status).toBe(202)
      const before = await allChunks(full.db)
      const refused = await other()
      expect(refused.status).toBe(503)
      expect(await bodyOf(refused)).toMatchObject({ code: 'queue_full' })
      expect(await allChunks(full.db)).toEqual(before)
      await full.stop()
    })

    test('has its place back when an upload breaks off or is refused', async () => {
      const full = await runApi({ config: { queueLimit: 1 } })
      const headers = { 'x-api-key': full.key, 'content-type': 'text/csv' }
      const post = (body: string) =>
        fetch(`${full.url}/jobs/batch`, { method: 'POST', headers, body })
      for (let i = 0; i < 3; i++) expect((await post('x\n1\n')).status).toBe(400)
      const breaking = new AbortController()
      const held = new TransformStream<Uint8Array, Uint8Array>()
      const { signal } = breaking
      const init = { method: 'POST', headers, body: held.readable, duplex: 'half', signal } as const
      const cut = fetch(`${full.url}/jobs/batch`, init).catch(() => 'cut')
      void held.writable
        .getWriter()
        .write(Buffer.from('feature_a,feature_b\n1,1\n'))
        .catch(() => {})
      await setTimeout(100)
      breaking.abort()
      expect(await cut).toBe('cut')
      await waitFor(async () => (await post('feature_a,feature_b\n1,1\n')).status === 202)
      await full.stop()
    })

    test('is still answered with its id when it comes again', async () => {
      const full = await runApi({ config: { queueLimit: 1 } })
      const headers = { 'x-api-key': full.key, 'content-type': 'text/csv', 'idempotency-key': 'b' }
      const init = { method: 'POST', headers, body: 'feature_a,feature_b\n1,1\n' }
      const first = await fetch(`${full.url}/jobs/batch`, init)
      const before = await allChunks(full.db)
      const second = await fetch(`${full.url}/jobs/batch`, init)
      expect(second.status).toBe(202)
      expect(await bodyOf(second)).toEqual(await bodyOf(first))
      expect(await allChunks(full.db)).toEqual(before)
      await full.stop()
    })
  })

  test('refuses more than a batch may have', async () => {
    const small = await runApi({ config: { maxBatch: 1000 } })
    const response = await fetch(`${small.url}/jobs/batch`, {
      method: 'POST',
      headers: { 'x-api-key': small.key, 'content-type': 'application/x-ndjson' },
      body: '[1,1]\n'.repeat(200),
    })
    expect(response.status).toBe(413)
    await small.stop()
  })

  test('is one job for one Idempotency-Key and content', async () => {
    const headers = { 'idempotency-key': 'batch 1' }
    const first = await post('[1,1]\n', 'application/x-ndjson', headers)
    const second = await post('[1,1]\n', 'application/x-ndjson', headers)
    expect(second.body).toEqual(first.body)
    expect((await post('[2,1]\n', 'application/x-ndjson', headers)).status).toBe(422)
    const csv = 'feature_a,feature_b\n1,1\n'
    const other = { 'idempotency-key': 'batch 2' }
    expect((await post(csv, 'text/csv', other)).status).toBe(202)
    expect((await post(csv, 'application/x-ndjson', other)).status).toBe(422)
  })
})

describe('GET /jobs/{id}/result of a batch', () => {
  const chunk = '1,001,0.75,0.25,\n2,"a ""b""\nc",0.25,0.75,\n3,,,,x is missing\n'
  const header = 'row,class,probability_001,"probability_a ""b""\nc",error'
  const finished = async (result: object, content: string) => {
    const id = String(
      (
        await send('/jobs/batch', {
          method: 'POST',
          body: '[1,1]\n',
          headers: { 'content-type': 'application/x-ndjson' },
        })
      ).body.id,
    )
    await putChunk(api.db, { jobId: id, part: 'output', position: 0 }, { content, now: 0 })
    await succeedJob(api.db, await claim(id), { result: JSON.stringify(result), now: Date.now() })
    return id
  }
  const ndjson = async (id: string) => {
    const response = await fetch(`${api.url}/jobs/${id}/result`, {
      headers: { 'x-api-key': api.key, accept: 'application/x-ndjson' },
    })
    return (await response.text())
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
  }
  const base = { model_version: '7-00000000', rows: 3, failed_rows: 1, header, chunks: 1 }

  test('has each class in the type that the model gave it', async () => {
    const id = await finished({ ...base, classes: ['001', 'a "b"\nc'] }, chunk)
    expect(await ndjson(id)).toEqual([
      { row: 1, class: '001', class_probabilities: [0.75, 0.25] },
      { row: 2, class: 'a "b"\nc', class_probabilities: [0.25, 0.75] },
      { row: 3, error: 'x is missing' },
    ])
  })

  test('that an older version left has them from its model, or else as text', async () => {
    expect(await ndjson(await finished(base, chunk))).toMatchObject([{ class: '001' }, {}, {}])
    const predicted = await fetch(`${api.url}/predict/feature_a/1/feature_b/1`, {
      headers: { 'x-api-key': api.key },
    })
    const tag = predicted.headers.get('x-model-version')
    const old = {
      ...base,
      model_version: tag,
      header: 'row,class,probability_0,probability_1,error',
    }
    expect(await ndjson(await finished(old, '1,1,0.25,0.75,\n'))).toEqual([
      { row: 1, class: 1, class_probabilities: [0.25, 0.75] },
    ])
  })
})
