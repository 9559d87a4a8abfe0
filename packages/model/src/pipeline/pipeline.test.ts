import { describe, expect, test } from 'vitest'
import { ColumnTransformer } from '../compose/column-transformer.ts'
import { Frame } from '../frame/frame.ts'
import { SimpleImputer } from '../impute/simple-imputer.ts'
import { LogisticRegression } from '../linear-model/logistic-regression.ts'
import { Ridge } from '../linear-model/ridge.ts'
import { pipelineFromJSON } from '../persistence/pipeline-from-json.ts'
import { OneHotEncoder } from '../preprocessing/one-hot-encoder.ts'
import { StandardScaler } from '../preprocessing/standard-scaler.ts'
import { isClassifier, isRegressor } from './is-classifier.ts'
import { Pipeline } from './pipeline.ts'

const X = new Frame({
  name: ['Ann', 'Bob', 'Cyd', 'Dan', 'Eve', 'Fay'],
  age: [20, null, 40, 60, 30, 50],
  sex: ['male', 'female', 'male', 'female', null, 'male'],
  fare: [7, 70, 8, 71, 30, 9],
})
const y = ['no', 'yes', 'no', 'yes', 'yes', 'no']

const columns = new ColumnTransformer([
  [
    'num',
    new Pipeline([
      ['impute', new SimpleImputer({ strategy: 'median', addIndicator: true })],
      ['scale', new StandardScaler()],
    ]),
    ['age'],
  ],
  ['cat', new OneHotEncoder({ handleUnknown: 'ignore' }), ['sex']],
  ['keep', 'passthrough', ['fare']],
])
const fitted = new Pipeline([
  ['columns', columns],
  ['model', new LogisticRegression()],
]).fit(X, y)

describe('Pipeline', () => {
  test("names its columns as scikit-learn's does", () => {
    expect(fitted.getFeatureNamesOut()).toEqual([
      ...['num__age', 'num__missingindicator_age'],
      ...['cat__sex_female', 'cat__sex_male', 'cat__sex_nan', 'keep__fare'],
    ])
    expect(fitted.model.featureNames).toEqual(fitted.getFeatureNamesOut())
  })

  test('reads the columns that it uses, in the order of the table', () => {
    expect(fitted.features).toEqual([
      { name: 'age', kind: 'number', nullable: true },
      { name: 'sex', kind: 'text', nullable: true, categories: ['female', 'male'] },
      { name: 'fare', kind: 'number', nullable: false },
    ])
  })

  test('predicts tables, whatever the order of their columns, and single rows', () => {
    const table = new Frame({ fare: [7, 70], sex: ['male', 'no such'], age: [22, null] })
    const probabilities = fitted.predictProba(table)
    expect(fitted.predict(table)).toEqual(['no', 'yes'])
    expect(fitted.predictProbaOne([22, 'male', 7])).toEqual([...probabilities.row(0)])
    expect(fitted.predictProbaOne([null, 'no such', 70])).toEqual([...probabilities.row(1)])
    expect(fitted.score(X, y)).toBe(1)
  })

  test('reports a missing value that no step fills, by the name of its column', () => {
    const message =
      '"fare" is missing in row 1; expected a value, since no imputer fills this column'
    const table = new Frame({ age: [1, 2], sex: ['male', 'male'], fare: [1, null] })
    expect(() => fitted.predict(table)).toThrow(message)
    expect(() => fitted.predictProbaOne([1, 'male', null])).toThrow('"fare" is missing; expected')
    expect(() => fitted.predictProbaOne([1, 2, 3])).toThrow('"sex" is 2; expected text, or null')
    expect(() => fitted.predict(X.select(['age', 'sex']))).toThrow('the table has no column "fare"')
  })

  test('comes back from JSON', () => {
    const read = pipelineFromJSON(JSON.parse(JSON.stringify(fitted)))
    if (!isClassifier(read)) throw new Error('expected a classifier')
    expect(read.predictProba(X)).toEqual(fitted.predictProba(X))
    expect(read.features).toEqual(fitted.features)
    expect(JSON.stringify(read)).toBe(JSON.stringify(fitted))
  })

  test('fits a step on what the one before it gives, such as single columns of a one-hot encoding', () => {
    const steps = new Pipeline([
      ['encode', new OneHotEncoder()],
      ['scale', new StandardScaler()],
    ])
    const scaled = steps.fitTransform(new Frame({ a: ['x', 'y'] }))
    expect(scaled.toRows()).toEqual([
      [1, -1],
      [-1, 1],
    ])
  })

  test('ends in a linear regression where numbers are predicted', () => {
    const prices = new Pipeline([
      ['columns', columns],
      ['model', new Ridge({ alpha: 0.1 })],
    ]).fit(X, [1, 2, 3, 4, 5, 6])
    const read = pipelineFromJSON(JSON.parse(JSON.stringify(prices)))
    if (!isRegressor(read)) throw new Error('expected a regressor')
    expect(read.predict(X)).toEqual(prices.predict(X))
    expect(read.predictOne([20, 'male', 7])).toBe(prices.predict(X)[0])
    expect(read.score(X, [1, 2, 3, 4, 5, 6])).toBeGreaterThan(0.5)
  })

  test('has no missing value of texts that an encoder does not see', () => {
    const text = new Pipeline([['model', new LogisticRegression()]])
    expect(() => text.fit(X.select(['sex']), y)).toThrow(
      'column "sex" stays text; expected an encoder',
    )
  })

  test('needs an estimator last, and names that differ', () => {
    const scale = new StandardScaler()
    expect(
      () =>
        new Pipeline([
          ['a', scale],
          ['a', scale],
        ]),
    ).toThrow('steps has the name "a" twice')
    expect(() => new Pipeline([['a__b', scale]])).toThrow('expected text without "__"')
    const wrong = [
      ['m', new LogisticRegression()],
      ['s', scale],
    ] as unknown as [['s', typeof scale]]
    expect(() => new Pipeline(wrong)).toThrow('expected an estimator as the last step only')
  })
})

describe('a damaged file of a pipeline', () => {
  const change = (edit: (json: ReturnType<typeof JSON.parse>) => void) => {
    const json = JSON.parse(JSON.stringify(fitted))
    edit(json)
    return () => pipelineFromJSON(json)
  }

  test.each<[string, (json: ReturnType<typeof JSON.parse>) => void, string]>([
    ['a newer version', (json) => (json.formatVersion = 2), 'formatVersion is 2; expected 1'],
    ['no steps', (json) => (json.steps = []), 'steps is empty'],
    [
      'a step of an unknown format',
      (json) => (json.steps[0].step.format = 'x'),
      'step "columns": format is "x"; expected one of "dsapi-simple-imputer"',
    ],
    [
      'a damaged part of a step',
      (json) => (json.steps[0].step.transformers[0].transformer.steps[1].step.mean[0] = null),
      'step "columns": transformer "num": step "scale": mean[0] is null; expected a finite number',
    ],
    [
      'a model of fewer columns',
      (json) => {
        json.steps[1].step.coef[0].pop()
        json.steps[1].step.featureNames.pop()
      },
      'the steps give 6 columns, and the model takes 5; expected as many',
    ],
    [
      'a column that no step knows',
      (json) => (json.steps[0].step.input[0].name = 'height'),
      'step "columns": transformer "num" has column "age"; expected one of input',
    ],
  ])('with %s is refused', (_, edit, message) => {
    expect(change(edit)).toThrow(message)
  })
})
