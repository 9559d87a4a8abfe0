import { beforeAll, describe, expect, test } from 'vitest'
import { type Asking, addVersion, asking, constant } from './models/models-api.ts'
import { type RunningApi, runApi } from './running-api.ts'

type Entry = {
  readonly kind: string
  readonly action: string
  readonly actor: string
  readonly target: string
  readonly detail: object
}

let api: RunningApi
let admin: Asking
let adminId: string

beforeAll(async () => {
  api = await runApi()
  const { key, stored } = await api.makeKey({ scopes: ['predict', 'admin'] })
  adminId = stored.id
  admin = asking(api.url, key)
  await addVersion(admin, 'churn', constant(0))
  const { id } = (await admin.post('/keys', { name: 'made' })).body as unknown as { id: string }
  await admin.post(`/keys/${id}/disable`)
  return api.stop
})

const list = async (query: string) => {
  const { status, body } = await admin.get(`/audit?${query}`)
  expect(status).toBe(200)
  return body as unknown as { readonly audit: readonly Entry[]; readonly next_cursor?: string }
}

describe('GET /audit', () => {
  test('lists what was done to keys and to models, the newest first', async () => {
    const { audit } = await list(`actor=key:${adminId}`)
    expect(audit).toMatchObject([
      { kind: 'key', action: 'disable' },
      { kind: 'key', action: 'create', detail: { name: 'made' } },
      { kind: 'model', action: 'serve', target: 'churn', detail: { version: 1 } },
      { kind: 'model', action: 'add', target: 'churn', detail: { version: 1 } },
    ])
  })

  test.each([
    ['kind=model&target=churn', ['serve', 'add']],
    ['kind=key&action=disable', ['disable']],
    ['kind=session', []],
    ['target=nobody', []],
    ['actor=%00', []],
    ['until=2020-01-01T00:00:00Z', []],
  ])('filters by %s', async (query, actions) => {
    expect((await list(query)).audit.map(({ action }) => action)).toEqual(actions)
  })

  test('gives all entries once in pages of any size', async () => {
    const whole = (await list('limit=100')).audit
    const paged: Entry[] = []
    for (let cursor = ''; ; ) {
      const page = await list(`limit=1${cursor && `&cursor=${cursor}`}`)
      paged.push(...page.audit)
      if (page.next_cursor === undefined) break
      cursor = page.next_cursor
    }
    expect(paged).toEqual(whole)
  })

  test.each(['x', 'key-1', 'key-1-0', 'model-99999999999999999-1', '1'])(
    'refuses the cursor %s',
    async (cursor) => {
      expect(await admin.get(`/audit?cursor=${cursor}`)).toMatchObject({
        ...{ status: 400, body: { code: 'invalid_query' } },
      })
    },
  )

  test('is not for keys that may not administrate, or not all models', async () => {
    const bound = await api.makeKey({ scopes: ['admin'], models: ['churn'] })
    for (const { key } of [await api.makeKey(), bound]) {
      expect((await asking(api.url, key).get('/audit')).status).toBe(403)
    }
  })
})
