import { insertPredictions, listData, replaceData } from '@dsapi/db'
import { LogisticRegression } from '@dsapi/model'
import { countTraining, storeModel } from '@dsapi/registry'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { asking } from './models/models-api.ts'
import { type RunningApi, runApi } from './running-api.ts'

let api: RunningApi
let admin: string
beforeAll(async () => {
  api = await runApi()
  admin = (await api.makeKey({ scopes: ['predict', 'admin'] })).key
  const rows = Array.from({ length: 100 }, (_, i) => ({
    ...{ feature_a: i, feature_b: i % 10, class: i % 2 },
  }))
  await replaceData(api.db, rows)
})
afterAll(() => api.stop())

/** Predictions as a server logs them. */
const log = (rows: readonly (readonly number[])[], ageDays = 0, model_name = 'default') =>
  insertPredictions(
    api.db,
    rows.map((features) => ({
      ...{ at: Date.now() - ageDays * 86_400_000, owner_id: 'owner', request_id: 'request' },
      ...{
        kind: 'single',
        model: '1-x',
        model_name,
        features: JSON.stringify(features),
        latency_us: 50,
      },
      answer: '{"class":0,"class_probabilities":[0.9,0.1]}',
    })),
  )

const get = async (query: string) => asking(api.url, admin).get(`/drift${query}`)

test('without predictions it says how to log them', async () => {
  const { status, body } = await get('')
  expect(status).toBe(200)
  expect(body).toMatchObject({ state: 'not_logged', predictions: 0, needed: 50, features: [] })
  expect(body.message).toContain('DSAPI_PREDICTION_LOG=on')
})

test('with too few it says how many there are, and of what time', async () => {
  await log([[1, 1]], 20)
  await log([[1, 1]])
  expect((await get('?days=6')).body).toMatchObject({
    ...{ state: 'too_few', predictions: 1 },
    message: expect.stringContaining('1 predictions were logged in the last 6 days: 50 are needed'),
  })
})

test('the shares of the training data and of the predictions are compared, and no row is shown', async () => {
  const rows = (await listData(api.db)).map(({ feature_a, feature_b }) => [feature_a, feature_b])
  const secret = 123.456_789
  await log(rows.map(([a]) => [a ?? 0, secret]))
  const { body } = await get('?days=2')
  expect(body).toMatchObject({
    ...{ state: 'compared', model: 'default', training_rows: rows.length },
    predictions: rows.length + 1,
    features: [{ verdict: 'stable' }, { verdict: 'shifted' }],
    answers: [
      { class: 0, actual_share: 1 },
      { class: 1, actual_share: 0 },
    ],
  })
  expect(JSON.stringify(body)).not.toContain('123.4')
})

test('an answer is kept for a while', async () => {
  const before = (await get('?days=3')).body
  await log([[1, 1]])
  expect((await get('?days=3')).body).toEqual(before)
  expect((await get('?days=4')).body.predictions).toBe(Number(before.predictions) + 1)
})

test('a model with other features than the data table is compared by the command', async () => {
  const { post } = asking(api.url, admin)
  await post('/models/other/versions', {
    ...{ classes: [0, 1], coef: [[0.5]], intercept: [0], feature_names: ['width'] },
  })
  const { body } = await get('?model=other')
  expect(body).toMatchObject({
    state: 'no_training_data',
    message: expect.stringContaining('dsapi model drift --name other --data FILE'),
  })
})

test('a model that was fitted to a file is compared with the shares that its fit has stored', async () => {
  const cells = Array.from({ length: 60 }, (_, i) => i)
  const [X, y] = [cells.map((cell) => [cell]), cells.map((cell) => Number(cell > 30))]
  const model = new LogisticRegression().fit(X, y, { featureNames: ['width'] })
  const training = countTraining(
    [{ name: 'width', type: 'number' }],
    { nRows: 60, columns: [cells], y },
    true,
  )
  await storeModel(api.db, model, Date.now(), { name: 'fitted', training })
  await log(X, 0, 'fitted')
  await expect.poll(async () => (await get('?model=fitted')).status).toBe(200)
  expect((await get('?model=fitted')).body).toMatchObject({
    ...{ state: 'compared', training_rows: 60, predictions: 60 },
    features: [{ feature: 'width', psi: 0, verdict: 'stable' }],
  })
})

test.each(['days=0', 'limit=100001', 'model=a%20b', 'days=x'])('%s is refused', async (query) => {
  expect((await get(`?${query}`)).status).toBe(400)
})
