import {
  ColumnTransformer,
  Frame,
  LogisticRegression,
  OneHotEncoder,
  Pipeline,
  Ridge,
  SimpleImputer,
  StandardScaler,
} from '@dsapi/model'
import { storeModel } from '@dsapi/registry'
import { waitFor } from '@dsapi/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type RunningApi, runApi } from '../running-api.ts'
import { type Asking, asking } from './models-api.ts'

// Pipelines that @dsapi/model has fitted on a table with text and missing values, asked over real sockets.

const X = new Frame({
  age: [22, null, 35, 41, 19, 63, 30, null],
  sex: ['male', 'female', 'female', 'female', 'male', 'male', 'female', 'male'],
  fare: [7.25, 71.3, 8.05, 53.1, 8.45, 51.9, 21, 11.1],
})
const columns = (handleUnknown: 'ignore' | 'error') =>
  new ColumnTransformer([
    [
      'num',
      new Pipeline([
        ['fill', new SimpleImputer()],
        ['scale', new StandardScaler()],
      ]),
      ['age'],
    ],
    ['cat', new OneHotEncoder({ handleUnknown }), ['sex']],
    ['rest', 'passthrough', ['fare']],
  ])
const survived = new Pipeline([
  ['columns', columns('ignore')],
  ['model', new LogisticRegression()],
]).fit(X, ['no', 'yes', 'yes', 'no', 'no', 'yes', 'yes', 'no'])
const fares = new Pipeline([
  ['columns', columns('error')],
  ['model', new Ridge()],
]).fit(X, [700, 7100, 800, 5300, 800, 5200, 2100, 1100])

/** What the pipeline answers where it was fitted. */
const survival = (age: number | null, sex: string, fare: number) => {
  const probabilities = survived.predictProbaOne([age, sex, fare])
  return { class: probabilities[1] > 0.5 ? 'yes' : 'no', class_probabilities: probabilities }
}
const known = survival(30, 'female', 20)
const missing = survival(null, 'other', 20)

let api: RunningApi
let client: Asking
beforeAll(async () => {
  api = await runApi({ config: { predictionLog: 'on' } })
  await storeModel(api.db, survived, Date.now(), { name: 'survived' })
  await storeModel(api.db, fares, Date.now(), { name: 'fares' })
  client = asking(api.url, api.key)
  for (const name of ['survived', 'fares']) {
    const path = `/models/${name}/predict/age/30/sex/female/fare/20`
    await waitFor(async () => (await client.get(path)).status === 200)
  }
})
afterAll(() => api.stop())

test('a model says which columns it takes, and which texts it knows', async () => {
  const { body } = await client.get('/models/survived/versions/1')
  expect(body).toMatchObject({
    format: 'dsapi-pipeline',
    features: [
      { name: 'age', type: 'number', nullable: true },
      { name: 'sex', type: 'text', categories: ['female', 'male'] },
      { name: 'fare', type: 'number', nullable: false },
    ],
  })
})

test('a path has text, and leaves out what is missing', async () => {
  const path = '/models/survived/predict'
  expect(await client.get(`${path}/age/30/sex/female/fare/20`)).toMatchObject({
    ...{ status: 200, body: known },
  })
  expect((await client.get(`${path}/sex/other/fare/20`)).body).toEqual(missing)
})

test('a body has rows as objects and as arrays, with null where a value is missing', async () => {
  const instances = [
    { sex: 'female', age: 30, fare: 20 },
    { sex: 'other', age: null, fare: 20 },
  ]
  for (const rows of [
    instances,
    [
      [30, 'female', 20],
      [null, 'other', 20],
    ],
  ]) {
    const { status, body } = await client.post('/models/survived/predict', { instances: rows })
    expect({ status, body }).toEqual({ status: 200, body: { predictions: [known, missing] } })
  }
})

test('the log of predictions has rows as they were asked', async () => {
  await client.post('/models/survived/predict', { instances: [[null, 'logged', 20]] })
  const logged = () =>
    api.db.selectFrom('predictions').select(['features']).where('model_name', '=', 'survived')
  await waitFor(async () =>
    (await logged().execute()).some(({ features }) => features === '[null,"logged",20]'),
  )
})

test('a text that the encoder refuses is a bad request which names those that it knows', async () => {
  const message =
    'is "other", which the data of the fit did not have; expected one of "female", "male"'
  const instances = [
    [1, 'male', 2],
    [1, 'other', 2],
  ]
  expect(await client.post('/models/fares/predict', { instances })).toMatchObject({
    status: 400,
    body: { code: 'invalid_body', detail: [{ field: 'instances[1].sex', message }] },
  })
  expect(await client.get('/models/fares/predict/age/1/sex/other/fare/2')).toMatchObject({
    status: 400,
    body: { code: 'invalid_features', detail: [{ field: 'sex', message }] },
  })
  for (const [path, body] of [
    ['/v1/models/fares:predict', { instances }],
    ['/models/fares/invocations', { inputs: instances }],
  ] as const) {
    const refused = await client.post(path, body, { 'content-type': 'application/json' })
    expect(refused.status).toBe(400)
    expect(JSON.stringify(refused.body)).toContain(`\\"sex\\" of row 1 is \\"other\\"`)
  }
})

test('a value that must not be missing, and one that is too large, are bad requests', async () => {
  const ask = (row: readonly unknown[]) =>
    client.post('/models/fares/predict', { instances: [row] })
  expect(await ask([1, 'male', null])).toMatchObject({ status: 400 })
  const { status, body } = await ask([1e308, 'male', 1e308])
  expect({ status, code: body.code }).toEqual({ status: 400, code: 'invalid_body' })
  expect(await ask([1, 'male', 2])).toMatchObject({
    status: 200,
    body: { predictions: [{ value: fares.predictOne([1, 'male', 2]) }] },
  })
})

test('V2 has a tensor for each column', async () => {
  const inputs = [
    { name: 'age', shape: [2, 1], datatype: 'FP64', data: [30, null] },
    { name: 'sex', shape: [2, 1], datatype: 'BYTES', data: ['female', 'other'] },
    { name: 'fare', shape: [2, 1], datatype: 'FP64', data: [20, 20] },
  ]
  const { status, body } = await client.post('/v2/models/survived/infer', { inputs })
  expect(status, JSON.stringify(body)).toBe(200)
  expect(body.outputs).toMatchObject([
    { name: 'predict', data: ['yes', missing.class] },
    {
      name: 'predict_proba',
      data: [...known.class_probabilities, ...missing.class_probabilities],
    },
  ])
})
