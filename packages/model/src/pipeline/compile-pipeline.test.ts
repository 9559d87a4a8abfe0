import { describe, expect, test } from 'vitest'
import { type PreprocessingCase, toFrame, toTransformer } from '../../test/preprocessing-cases.ts'
import reference from '../../test/reference/preprocessing.json' with { type: 'json' }
import { ColumnTransformer } from '../compose/column-transformer.ts'
import { ModelError } from '../errors.ts'
import type { Cell } from '../frame/cell.ts'
import { Frame } from '../frame/frame.ts'
import { TextColumn } from '../frame/text-column.ts'
import { SimpleImputer } from '../impute/simple-imputer.ts'
import { LogisticRegression } from '../linear-model/logistic-regression.ts'
import { LogisticRegressionModel } from '../linear-model/logistic-regression-model.ts'
import { Ridge } from '../linear-model/ridge.ts'
import { OneHotEncoder } from '../preprocessing/one-hot-encoder.ts'
import { OrdinalEncoder } from '../preprocessing/ordinal-encoder.ts'
import { StandardScaler } from '../preprocessing/standard-scaler.ts'
import { compilePipeline } from './compile-pipeline.ts'
import { FittedPipeline } from './fitted-pipeline.ts'
import { isClassifier, isRegressor } from './is-classifier.ts'
import { Pipeline } from './pipeline.ts'
import type { TypedRows } from './typed-rows.ts'

/** The columns of the fit as a server has them. */
const typedRows = ({ featureNamesIn, input }: FittedPipeline, X: Frame): TypedRows => {
  const columns = featureNamesIn.map((name) => X.column(name))
  const numbers = columns.filter((_, j) => input.kinds[j] === 'number')
  const texts = columns.filter((_, j) => input.kinds[j] === 'text')
  const rows = Array.from({ length: X.nRows }, (_, i) => i)
  const numberAt = (column: (typeof columns)[number], i: number) =>
    column instanceof TextColumn ? Number.NaN : column[i]
  const textAt = (column: (typeof columns)[number], i: number) =>
    column instanceof TextColumn ? column.at(i) : null
  return {
    nRows: X.nRows,
    numbers: rows.flatMap((i) => numbers.map((column) => numberAt(column, i))),
    texts: texts.map((column) => rows.map((i) => textAt(column, i))),
  }
}

const rowOf = (rows: TypedRows, i: number): TypedRows => {
  const width = rows.numbers.length / rows.nRows
  const numbers = Array.from({ length: width }, (_, j) => rows.numbers[i * width + j])
  return { nRows: 1, numbers, texts: rows.texts.map((column) => [column[i]]) }
}

const answer = (fitted: FittedPipeline, X: Frame): Float64Array => {
  if (isClassifier(fitted)) return fitted.predictProba(X).data
  if (isRegressor(fitted)) return fitted.predict(X)
  throw new Error('The pipeline has no model')
}

const tried = (compute: () => Float64Array) => {
  try {
    return [...compute()]
  } catch (error) {
    if (error instanceof ModelError) return error.code
    throw error
  }
}

const expectClose = (found: ReturnType<typeof tried>, expected: ReturnType<typeof tried>) => {
  if (!Array.isArray(found) || !Array.isArray(expected)) return expect(found).toEqual(expected)
  expect(found.length).toBe(expected.length)
  for (const [i, value] of found.entries()) {
    const allowed = 1e-12 * Math.max(1, Math.abs(expected[i]))
    expect(Math.abs(value - expected[i])).toBeLessThanOrEqual(allowed)
  }
}

const expectSame = (fitted: FittedPipeline, X: Frame) => {
  const compiled = compilePipeline(fitted)
  const rows = typedRows(fitted, X)
  const found = tried(() => compiled(rows))
  expectClose(
    found,
    tried(() => answer(fitted, X)),
  )
  if (!Array.isArray(found)) return
  const alone = Array.from({ length: X.nRows }, (_, i) => [...compiled(rowOf(rows, i))])
  expect(alone.flat()).toEqual(found)
}

/** Pipelines of a stored table that end in different models; none where its result is not for a model. */
const pipelinesOf = (stored: PreprocessingCase): FittedPipeline[] => {
  const X = toFrame(stored.train)
  const labels = Array.from({ length: X.nRows }, (_, i) => `class ${(i * i) % 3}`)
  const steps = ['columns', toTransformer(stored.transformer)] as const
  try {
    const classifier = new Pipeline([steps, ['model', new LogisticRegression()]]).fit(X, labels)
    const { input, model } = classifier
    const parts = { classes: model.classes, coef: model.coef, intercept: model.intercept }
    const ovr = new LogisticRegressionModel({ ...parts, multiClass: 'ovr' })
    return [
      classifier,
      new FittedPipeline({ input, steps: classifier.steps, model: ovr }),
      new Pipeline([steps, ['model', new Ridge()]]).fit(
        X,
        labels.map((_, i) => i),
      ),
    ]
  } catch (error) {
    if (error instanceof ModelError) return []
    throw error
  }
}

describe('a compiled pipeline', () => {
  test('answers as the pipeline does, or refuses as well', () => {
    let count = 0
    for (const stored of reference.cases as readonly PreprocessingCase[]) {
      for (const fitted of pipelinesOf(stored)) {
        count++
        expectSame(fitted, toFrame(stored.train))
        if (stored.test.length > 0) expectSame(fitted, toFrame(stored.test))
      }
    }
    expect(count).toBeGreaterThan(100)
  })

  const ages = Array.from({ length: 600 }, (_, i) => (i % 7 === 0 ? null : (i * 37) % 80))
  const words = ages.map((_, i) => (i % 11 === 0 ? null : `word ${i % 13}`))
  const X = new Frame({ age: ages, word: words, deck: ages.map((_, i) => i % 4) })
  const fitted = new Pipeline([
    [
      'columns',
      new ColumnTransformer([
        [
          'num',
          new Pipeline([
            ['fill', new SimpleImputer({ addIndicator: true })],
            ['scale', new StandardScaler()],
          ]),
          ['age'],
        ],
        ['cat', new OneHotEncoder({ handleUnknown: 'ignore' }), ['word']],
        ['deck', new OrdinalEncoder(), ['deck']],
      ]),
    ],
    ['model', new LogisticRegression()],
  ]).fit(
    X,
    ages.map((_, i) => ((i * i) % 5 > 1 ? 1 : 0)),
  )

  test('answers to the last bit where a text becomes one column, in many blocks of rows', () => {
    const compiled = compilePipeline(fitted)
    expect(compiled(typedRows(fitted, X))).toEqual(fitted.predictProba(X).data)
  })

  test('takes numbers of single precision as the doubles that they are', () => {
    const rows = {
      ...typedRows(fitted, X),
      numbers: Float32Array.from(typedRows(fitted, X).numbers),
    }
    expect(compilePipeline(fitted)(rows)).toEqual(fitted.predictProba(X).data)
  })

  test.each<readonly Cell[]>([
    [1e308, 'word 1', 1],
    [-1e308, null, 2],
  ])('has probabilities where a score is too large for a double: %j', (age, word, deck) => {
    const { input, steps, model } = fitted
    const steep = new LogisticRegressionModel({
      ...{ classes: model.classes, intercept: model.intercept },
      coef: model.coef.map((row) => row.map((weight) => 1e10 * weight)),
    })
    const large = new FittedPipeline({ input, steps, model: steep })
    const rows = { nRows: 1, numbers: [Number(age), Number(deck)], texts: [[word as string]] }
    expect([...compilePipeline(large)(rows)]).toEqual(large.predictProbaOne([age, word, deck]))
  })

  test.each<[Partial<TypedRows>, string]>([
    [{ numbers: [1, 9] }, '"deck" is 9 in row 0, which the data of the fit did not have'],
    [{ numbers: [1, Number.NaN] }, '"deck" is missing in row 0'],
    [{ numbers: [1] }, '1 numbers and 1 columns of texts for 1 rows; expected 2 numbers and 1'],
    [{ texts: [] }, 'expected 2 numbers and 1 texts for each row'],
  ])('refuses %j', (wrong, message) => {
    const rows = { nRows: 1, numbers: [1, 1], texts: [['word 1']], ...wrong }
    expect(() => compilePipeline(fitted)(rows)).toThrow(message)
  })

  test('refuses a value that is too large for a double', () => {
    const model = new Ridge({ alpha: 0 })
    const steep = new Pipeline([['model', model]]).fit(new Frame({ a: [0, 1] }), [0, 10])
    const rows = { nRows: 2, numbers: [1, 1e308], texts: [] }
    expect(() => compilePipeline(steep)(rows)).toThrow('too large for a double in row 1')
  })

  test('is made of pipelines with a model alone', () => {
    const scale = new Pipeline([['scale', new StandardScaler()]]).fit(new Frame({ a: [0, 1] }))
    expect(() => compilePipeline(scale)).toThrow('the last step of the pipeline is no model')
  })
})
