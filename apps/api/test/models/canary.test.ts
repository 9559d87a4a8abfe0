import { waitFor } from '@dsapi/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type RunningApi, runApi } from '../running-api.ts'
import { type Asking, addVersion, asking, constant, rows, takenUp } from './models-api.ts'

let api: RunningApi
let admin: Asking
let name: string
let number = 0
beforeAll(async () => {
  api = await runApi()
  const { key } = await api.makeKey({ scopes: ['predict', 'jobs', 'admin'] })
  admin = asking(api.url, key)
})
afterAll(() => api.stop())

beforeEach(async () => {
  name = `model-${++number}`
  await addVersion(admin, name, constant(0))
})

const metrics = async () => await (await fetch(api.metricsUrl ?? '')).text()

/** The values of a metric whose labels have all of these. */
const metricOf = async (metric: string, labels: Readonly<Record<string, string>>) => {
  const lines = (await metrics()).split('\n').filter((line) => line.startsWith(`${metric}{`))
  const found = lines.filter((line) =>
    Object.entries({ model: name, ...labels }).every(([label, value]) =>
      line.includes(`${label}="${value}`),
    ),
  )
  return found.reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' '))), 0)
}

const serve = (change: object) => admin.send('PUT', `/models/${name}/served`, change)

const askMany = async (count: number, body: unknown = rows) => {
  const answers = []
  for (let i = 0; i < count; i++) answers.push(await admin.post(`/models/${name}/predict`, body))
  return answers
}

describe('a canary', () => {
  beforeEach(async () => {
    await addVersion(admin, name, constant(1))
  })

  test('answers about its share of the requests, named by X-Model-Version', async () => {
    await serve({ version: 2, canary: '50%' })
    await takenUp(admin, name, 2)
    const answers = await askMany(200)
    const ofCanary = answers.filter(({ version }) => version?.startsWith('2-'))
    // With 200 requests at a half, fewer than 60 or more than 140 come once in ten million times.
    expect(ofCanary.length).toBeGreaterThan(60)
    expect(ofCanary.length).toBeLessThan(140)
    for (const { version, body } of answers) {
      const label = version?.startsWith('2-') ? 1 : 0
      expect(body).toMatchObject({ predictions: [{ class: label }] })
    }
  })

  test('is compared with the served version, and both are counted', async () => {
    await serve({ version: 2, canary: '99%' })
    await takenUp(admin, name, 2)
    await waitFor(
      async () =>
        (await metricOf('dsapi_model_compared_rows_total', { version: '2-', outcome: 'other' })) >
        0,
    )
    const request = { kind: 'request', outcome: 'answered' }
    expect(
      await metricOf('dsapi_model_requests_total', { version: '2-', ...request }),
    ).toBeGreaterThan(0)
    expect(
      await metricOf('dsapi_model_requests_total', { version: '1-', kind: 'copy' }),
    ).toBeGreaterThan(0)
  })

  test('ends with the share 0%, and when another version is served', async () => {
    await serve({ version: 2, canary: '25%' })
    expect((await admin.get(`/models/${name}`)).body).toMatchObject({
      canary: { version: 2, share: 0.25 },
    })
    expect((await serve({ version: 2, canary: '0%' })).body).toMatchObject({ canary: null })
    await serve({ version: 2, canary: '25%' })
    expect((await serve({ version: 2 })).body).toMatchObject({ version: 2, canary: null })
  })
})

describe('a canary that fails', () => {
  beforeEach(async () => {
    // It asks for another feature, so it can answer none of the requests.
    await addVersion(admin, name, { ...constant(1), feature_names: ['feature_a', 'other'] })
    await serve({ version: 2, canary: '99%' })
  })
  const body = { instances: [{ feature_a: 1, feature_b: 1 }] }

  test('is taken back by itself, and no request fails meanwhile', async () => {
    await waitFor(async () => {
      for (const { status } of await askMany(10, body)) expect(status).toBe(200)
      return (await admin.get(`/models/${name}`)).body.canary === null
    })
    const entry = await api.db
      .selectFrom('model_audit')
      .selectAll()
      .where('name', '=', name)
      .where('action', '=', 'end-canary')
      .executeTakeFirstOrThrow()
    expect(entry).toMatchObject({ actor: 'system', version: 2 })
    expect(entry.detail).toContain('20 of 20')
    expect(
      await metricOf('dsapi_model_requests_total', { version: '2-', outcome: 'failed' }),
    ).toBeGreaterThanOrEqual(20)
  })

  test('leaves the errors of clients to them', async () => {
    await waitFor(async () => (await askMany(1, body))[0].status === 200)
    const wrong = await askMany(30, { instances: [{}] })
    for (const { status } of wrong) expect(status).toBe(400)
    expect((await admin.get(`/models/${name}`)).body.canary).not.toBeNull()
  })
})

describe('a shadow', () => {
  test('answers copies, and its answers are compared and never sent', async () => {
    await addVersion(admin, name, constant(1))
    await serve({ version: 2, shadow: true })
    await waitFor(async () => {
      for (const { version, body } of await askMany(5)) {
        expect(version).toMatch(/^1-/)
        expect(body).toMatchObject({ predictions: [{ class: 0 }] })
      }
      return (
        (await metricOf('dsapi_model_compared_rows_total', { version: '2-', outcome: 'other' })) > 0
      )
    })
    const sum = await metricOf('dsapi_model_difference_sum', { version: '2-' })
    const count = await metricOf('dsapi_model_difference_count', { version: '2-' })
    expect(sum / count).toBeCloseTo(0.9866, 3)
    expect(await metricOf('dsapi_model_requests_total', { version: '2-', kind: 'request' })).toBe(0)
  })

  test('that agrees is counted as that', async () => {
    await addVersion(admin, name, constant(0))
    await serve({ version: 2, shadow: true })
    await waitFor(async () => {
      await admin.get(`/models/${name}/predict/feature_a/1/feature_b/1`)
      return (
        (await metricOf('dsapi_model_compared_rows_total', { version: '2-', outcome: 'same' })) > 0
      )
    })
    expect(
      await metricOf('dsapi_model_compared_rows_total', { version: '2-', outcome: 'other' }),
    ).toBe(0)
  })

  test('ends when that is asked for', async () => {
    await addVersion(admin, name, constant(1))
    expect((await serve({ version: 2, shadow: true })).body).toMatchObject({ shadow: 2 })
    expect((await serve({ version: 2, shadow: false })).body).toMatchObject({ shadow: null })
  })
})
