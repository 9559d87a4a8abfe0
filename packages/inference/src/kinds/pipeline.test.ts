import {
  ColumnTransformer,
  Frame,
  LinearRegression,
  LogisticRegression,
  OneHotEncoder,
  OrdinalEncoder,
  Pipeline,
  Ridge,
  SimpleImputer,
  StandardScaler,
} from '@dsapi/model'
import { describe, expect, test } from 'vitest'
import { BatchBuilder, batchOfRow } from '../batch-builder.ts'
import { computeBatchNow } from '../compute.ts'
import { InputError } from '../input-error.ts'
import type { ModelOptions } from '../model-options.ts'
import type { Row } from '../row.ts'
import type { ModelRuntime } from '../runtime.ts'
import { readModel } from './index.ts'

const ages = [22, null, 35, 41, 19, 63, 30, null]
const sexes = ['male', 'female', null, 'female', 'male', 'male', 'female', 'male']
const decks = [1, 2, 3, 1, 2, 3, 1, 2]
const X = new Frame({ age: ages, sex: sexes, deck: decks })
const died = ['no', 'yes', 'yes', 'no', 'no', 'yes', 'yes', 'no']
const fares = [7.25, 71.3, 8.05, 53.1, 8.45, 51.9, 21, 11.1]

/** Fills, encodes and scales, as `model fit` does. */
const columns = (handleUnknown: 'ignore' | 'error') =>
  new ColumnTransformer([
    [
      'num',
      new Pipeline([
        ['fill', new SimpleImputer({ strategy: 'median' })],
        ['scale', new StandardScaler()],
      ]),
      ['age'],
    ],
    [
      'cat',
      new Pipeline([
        ['fill', new SimpleImputer({ strategy: 'most_frequent' })],
        ['encode', new OneHotEncoder({ handleUnknown })],
      ]),
      ['sex'],
    ],
    ['deck', new OrdinalEncoder(), ['deck']],
  ])

const classifier = new Pipeline([
  ['columns', columns('ignore')],
  ['model', new LogisticRegression()],
]).fit(X, died)
const regressor = new Pipeline([
  ['columns', columns('error')],
  ['model', new Ridge()],
]).fit(X, fares)

const read = (fitted: object, options: ModelOptions = {}) =>
  readModel(new TextEncoder().encode(JSON.stringify(fitted)), options)

const rows: readonly Row[] = ages.map((age, i) => [age, sexes[i], decks[i]])

const builder = ({ info }: ModelRuntime, some: readonly Row[]) => {
  const built = new BatchBuilder(info.features, some.length)
  for (const row of some) built.add(row)
  return built.batch()
}

describe('a fitted pipeline', () => {
  test('is described by the columns of its fit', async () => {
    const { info } = await read(classifier)
    expect(info).toMatchObject({
      format: 'dsapi-pipeline',
      features: [
        { name: 'age', type: 'number', nullable: true },
        { name: 'sex', type: 'text', nullable: true, categories: ['female', 'male'] },
        { name: 'deck', type: 'number', nullable: false, categories: [1, 2, 3] },
      ],
      output: { type: 'classes', classes: ['no', 'yes'] },
    })
  })

  test('answers with what it answers where it was fitted, many rows and one', async () => {
    const model = await read(classifier)
    const expected = classifier.predictProba(X)
    expect(computeBatchNow(model, builder(model, rows))).toMatchObject({
      classes: ['no', 'yes'],
      probabilities: expected.data,
    })
    for (const [i, row] of rows.entries()) {
      expect(computeBatchNow(model, batchOfRow(model.info.features, row))).toMatchObject({
        probabilities: expected.data.slice(2 * i, 2 * i + 2),
      })
    }
  })

  test('answers with values where its model does', async () => {
    const model = await read(regressor, { outputs: ['fare'] })
    expect(computeBatchNow(model, builder(model, rows))).toEqual({
      ...{ type: 'values', nRows: rows.length, names: ['fare'], values: regressor.predict(X) },
    })
  })

  test('answers no rows with no rows', async () => {
    const model = await read(classifier)
    expect(computeBatchNow(model, builder(model, []))).toMatchObject({ nRows: 0 })
  })

  test.each([
    ['one row', [[30, 'other', 1]], 0],
    ['many rows', [rows[0], [30, 'other', 1]], 1],
  ])(
    'blames an unknown category of %s on its sender, with the known ones',
    async (_, some, row) => {
      const model = await read(regressor, { rename: { sex: 'Sex' } })
      const refused = await model.predict(builder(model, some)).catch((error: unknown) => error)
      expect(refused).toBeInstanceOf(InputError)
      expect(refused).toMatchObject({
        ...{ row, field: 'Sex' },
        message:
          'is "other", which the data of the fit did not have; expected one of "female", "male"',
      })
    },
  )

  test('has no model for a file that is cut off or has no model at its end', async () => {
    const scale = new Pipeline([['scale', new StandardScaler()]]).fit(new Frame({ a: [0, 2] }))
    await expect(read(scale)).rejects.toThrow('no model')
    const text = JSON.stringify(classifier)
    const cut = readModel(new TextEncoder().encode(text.slice(0, -9)))
    await expect(cut).rejects.toThrow()
  })
})

describe('a fitted linear regression', () => {
  const fitted = new LinearRegression().fit([[0], [1], [2]], [1, 3, 5], { featureNames: ['size'] })

  test('answers with values, many rows and one', async () => {
    const model = await read(fitted)
    expect(model.info.features).toEqual([{ name: 'size', type: 'number', nullable: false }])
    const answered = computeBatchNow(model, builder(model, [[10], [0.5]]))
    expect(answered).toMatchObject({ names: ['value'], values: Float64Array.of(21, 2) })
    expect(model.predictOne?.([10])).toEqual([fitted.predictOne([10])])
  })
})
