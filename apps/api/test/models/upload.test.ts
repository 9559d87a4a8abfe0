import { readdir } from 'node:fs/promises'
import { request } from 'node:http'
import { temporaryFolder, waitFor } from '@dsapi/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type RunningApi, runApi } from '../running-api.ts'
import { type Asking, asking, constant } from './models-api.ts'

let api: RunningApi
let admin: Asking
let key: string
let modelCache: string
beforeAll(async () => {
  modelCache = await temporaryFolder()
  api = await runApi({ config: { modelCache } })
  key = (await api.makeKey({ scopes: ['predict', 'admin'] })).key
  admin = asking(api.url, key)
})
afterAll(() => api.stop())

const upload = async (name: string, parts: Readonly<Record<string, string>>) => {
  const form = new FormData()
  for (const [part, content] of Object.entries(parts)) form.append(part, new Blob([content]), part)
  const url = `${api.url}/models/${name}/versions`
  const response = await fetch(url, { method: 'POST', headers: { 'x-api-key': key }, body: form })
  return { status: response.status, body: await response.json() }
}

const file = JSON.stringify(constant(1))
const samplesWith = (labels: readonly number[]) =>
  JSON.stringify({ rows: labels.map((_, row) => [row, row]), expected: labels })

test('samples that the model answers are stored with it', async () => {
  const added = await upload('sampled', { samples: samplesWith([1, 1]), file })
  expect(added).toMatchObject({ status: 201, body: { version: 1 } })
  expect((await admin.get('/models/sampled/versions/1')).body).toMatchObject({ has_samples: true })
})

test('a model that answers its samples otherwise is refused, with the row that is wrong', async () => {
  const refused = await upload('wrong', { samples: samplesWith([1, 0, 1]), file })
  expect(refused).toMatchObject({
    status: 422,
    body: {
      code: 'model_refused',
      reason: 'wrong_samples',
      message: expect.stringMatching(/row 2/i),
    },
  })
  expect((await admin.get('/models/wrong')).status).toBe(404)
})

test('options and samples after the file are refused, since the file is read as it comes', async () => {
  const refused = await upload('late', { file, options: '{}' })
  expect(refused).toMatchObject({ status: 400, body: { code: 'invalid_body' } })
  expect((await admin.get('/models/late')).status).toBe(404)
})

/** Sends the beginning of a body that is longer, and goes away. */
const cut = (contentType: string, beginning: string | Buffer) =>
  new Promise<void>((resolve) => {
    const headers = {
      ...{ 'x-api-key': key, 'content-type': contentType, 'content-length': 50_000_000 },
    }
    const sent = request(`${api.url}/models/cut/versions`, { method: 'POST', headers })
    sent.on('error', () => resolve())
    sent.write(beginning, () => sent.destroy(new Error('gone')))
  })

test.each([
  ['a body', 'application/octet-stream', ''],
  [
    'a form',
    'multipart/form-data; boundary=b',
    '--b\r\nContent-Disposition: form-data; name="file"\r\n\r\n',
  ],
])('%s that is cut adds no model and leaves no file', async (_, contentType, head) => {
  await cut(contentType, Buffer.concat([Buffer.from(head), Buffer.alloc(4_000_000, '{')]))
  // What is asked for next is answered after the cut was noticed, at the latest when the file is gone.
  await waitFor(async () => (await readdir(modelCache)).length === 0)
  expect((await admin.get('/models/cut')).status).toBe(404)
  const { count } = await api.db
    .selectFrom('model_versions')
    .select((eb) => eb.fn.countAll().as('count'))
    .where('name', '=', 'cut')
    .executeTakeFirstOrThrow()
  expect(Number(count)).toBe(0)
})
