import { loadConfig } from '@dsapi/config'
import { type Database, openDatabase } from '@dsapi/db'
import { LogisticRegression } from '@dsapi/model'
import { storeModel } from '@dsapi/registry'
import { createLogger } from '@dsapi/telemetry'
import { waitFor } from '@dsapi/testing'
import { describe, expect, onTestFinished, test } from 'vitest'
import { startApi } from '../src/index.ts'
import { bodyOf, type RunningApi, runApi } from './running-api.ts'

const run = async (options: Parameters<typeof runApi>[0]) => {
  const api = await runApi(options)
  onTestFinished(() => api.stop())
  return api
}
const on = { config: { predictionLog: 'on' } } as const

/** Reads all of the answer: a server that stops waits for those that are still being sent. */
const ask = async (url: string, init: RequestInit) => {
  const response = await fetch(url, init)
  return new Response(await response.arrayBuffer(), response)
}
const single = (api: RunningApi, a: unknown, b: unknown, headers: Record<string, string> = {}) =>
  ask(`${api.url}/predict/feature_a/${a}/feature_b/${b}`, {
    headers: { 'x-api-key': api.key, ...headers },
  })
const many = (api: RunningApi, instances: unknown) =>
  ask(`${api.url}/predict`, {
    method: 'POST',
    headers: { 'x-api-key': api.key },
    body: JSON.stringify({ instances }),
  })

const rowsOf = (db: Database) => db.selectFrom('predictions').selectAll().orderBy('id').execute()
const rowsAfter = async (api: RunningApi, count: number) => {
  await waitFor(async () => (await rowsOf(api.db)).length >= count)
  return rowsOf(api.db)
}
/** Those of a server that is stopped first: it writes what there is to write, and does not wait for a second. */
const rowsInTheEnd = async (api: RunningApi) => {
  const db = await openDatabase(api.database)
  await api.stop()
  return rowsOf(db).finally(() => db.destroy())
}

test('predictions are not logged unless that is asked for', async () => {
  const api = await runApi()
  expect((await single(api, 1, 1)).status).toBe(200)
  expect((await many(api, [[1, 1]])).status).toBe(200)
  expect(await rowsInTheEnd(api)).toEqual([])
})

describe('with DSAPI_PREDICTION_LOG=on', () => {
  test('a prediction is logged as it was answered', async () => {
    const api = await run(on)
    const before = Date.now()
    const response = await single(api, 1.5, '-2e1', { 'x-request-id': 'mine-1' })
    const answer = await bodyOf(response)
    const [row] = await rowsAfter(api, 1)
    expect(row).toMatchObject({
      request_id: 'mine-1',
      kind: 'single',
      model: response.headers.get('x-model-version'),
      features: '[1.5,-20]',
      answer: JSON.stringify(answer),
    })
    expect(row.at).toBeGreaterThanOrEqual(before)
    expect(row.latency_us).toBeGreaterThanOrEqual(0)
    const owners = await api.db.selectFrom('api_keys').select('owner_id').execute()
    expect(owners).toContainEqual({ owner_id: row.owner_id })
  })

  test('each row of a request for many is logged, in the order of the features', async () => {
    const api = await run(on)
    const { predictions } = (await (
      await many(api, [[1, 2], { feature_b: '4', feature_a: 3 }])
    ).json()) as { predictions: unknown[] }
    const rows = await rowsInTheEnd(api)
    expect(rows.map(({ kind, features, answer }) => ({ kind, features, answer }))).toEqual([
      { kind: 'instances', features: '[1,2]', answer: JSON.stringify(predictions[0]) },
      { kind: 'instances', features: '[3,4]', answer: JSON.stringify(predictions[1]) },
    ])
    expect(rows[0].request_id).toBe(rows[1].request_id)
  })

  // The second is large enough for a thread of its own.
  test.each([[2500], [100_000]])('of %i rows an even sample is logged', async (count) => {
    const api = await run(on)
    const instances = Array.from({ length: count }, (_, i) => [i, 1])
    expect((await many(api, instances)).status).toBe(200)
    const rows = await rowsInTheEnd(api)
    const every = Math.ceil(count / 1000)
    expect(rows.map(({ features }) => features)).toEqual(
      Array.from({ length: Math.ceil(count / every) }, (_, i) => `[${i * every},1]`),
    )
  })

  test('what is refused is not logged', async () => {
    const api = await run(on)
    expect((await single(api, 1, 'abc')).status).toBe(400)
    expect((await many(api, [[1, 2], [1]])).status).toBe(400)
    expect((await fetch(`${api.url}/predict/feature_a/1/feature_b/1`)).status).toBe(401)
    expect(
      (await fetch(`${api.url}/predict/x/1`, { headers: { 'x-api-key': api.key } })).status,
    ).toBe(404)
    expect((await single(api, 8, 9)).status).toBe(200)
    expect((await rowsInTheEnd(api)).map(({ features }) => features)).toEqual(['[8,9]'])
  })

  test('the version is that of the model that answered', async () => {
    const api = await run(on)
    await single(api, 1, 1)
    const newer = new LogisticRegression().fit([[0], [1]], ['no', 'yes'], { featureNames: ['x'] })
    await storeModel(api.db, newer, Date.now())
    const headers = { 'x-api-key': api.key }
    const isServed = async () => (await ask(`${api.url}/predict/x/5`, { headers })).status === 200
    await waitFor(isServed)
    const rows = await rowsInTheEnd(api)
    expect(rows.map(({ model }) => model.split('-')[0])).toEqual(['1', '2'])
    expect(rows[1]).toMatchObject({ features: '[5]' })
    expect(JSON.parse(rows[1].answer)).toMatchObject({ class: 'yes' })
  })

  test('while the database is locked predictions are answered, and logged when it is not', async () => {
    const api = await run(on)
    const other = await openDatabase(api.database)
    await other.transaction().execute(async (transaction) => {
      // A change of the table locks it on each engine: SQLite as a whole, PostgreSQL this table.
      await transaction.schema.alterTable('predictions').addColumn('more', 'integer').execute()
      for (let i = 0; i < 20; i++) expect((await single(api, i, 0)).status).toBe(200)
      expect((await many(api, [[20, 0]])).status).toBe(200)
    })
    await other.destroy()
    const rows = await rowsAfter(api, 21)
    expect(rows.map(({ features }) => features)).toEqual(
      Array.from({ length: 21 }, (_, i) => `[${i},0]`),
    )
  })

  test('no key comes into the table, not even as the name of a request', async () => {
    const api = await run(on)
    await single(api, 1, 1, { 'x-request-id': api.key })
    const rows = await rowsInTheEnd(api)
    expect(rows).toHaveLength(1)
    expect(JSON.stringify(rows)).not.toContain(api.key)
  })

  test('the metrics say how many are not in it', async () => {
    const api = await run(on)
    const text = await (await fetch(api.metricsUrl ?? '')).text()
    expect(text).toContain('\ndsapi_predictions_unlogged_total 0\n')
  })

  test('what is noted is written when the server stops', async () => {
    const api = await runApi(on)
    await single(api, 1, 1)
    expect(await rowsInTheEnd(api)).toHaveLength(1)
  })
})

test('old predictions are deleted, also where none are logged any more', async () => {
  const logging = await runApi(on)
  await single(logging, 1, 1)
  await single(logging, 2, 2)
  const db = await openDatabase(logging.database)
  await logging.stop()
  const [first] = await rowsOf(db)
  const at = Date.now() - 2 * 86_400_000
  await db.updateTable('predictions').set({ at }).where('id', '=', first.id).execute()

  const config = {
    ...loadConfig({ PORT: '0', DSAPI_METRICS_PORT: 'off' }),
    database: logging.database,
  }
  const logger = createLogger('silent', 'test')
  const later = await startApi({ ...config, predictionLogDays: 1 }, logger)
  await waitFor(async () => (await rowsOf(db)).length === 1)
  expect((await rowsOf(db))[0].features).toBe('[2,2]')
  await later.stop()
  await db.destroy()
})
