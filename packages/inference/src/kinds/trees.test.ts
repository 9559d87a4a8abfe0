import { describe, expect, test } from 'vitest'
import { namedCategories, smallLightgbm, smallXgboost } from '../../test/small-trees.ts'
import { expectedOf, fixtureBytes, fixtureNames, optionsOf } from '../../test/tree-fixtures.ts'
import { batchOfRow } from '../batch-builder.ts'
import { computeBatchNow } from '../compute.ts'
import { InputError } from '../input-error.ts'
import type { ModelOptions } from '../model-options.ts'
import type { Row } from '../row.ts'
import type { ModelRuntime } from '../runtime.ts'
import { readModel } from './index.ts'

const read = (name: string, options: ModelOptions = {}) => readModel(fixtureBytes(name), options)

const answer = (model: ModelRuntime, row: Row): readonly number[] => {
  const predictions = computeBatchNow(model, batchOfRow(model.info.features, row))
  return [...(predictions.type === 'classes' ? predictions.probabilities : predictions.values)]
}

test.each(fixtureNames)(
  '%s answers with the margins of its library, to the last bit',
  async (name) => {
    const { input, margin } = expectedOf(name)
    const model = await read(name, { ...optionsOf(name), output: 'margin' })
    if (margin === undefined) return
    expect(input.flatMap((row) => answer(model, row))).toEqual(margin.flat())
  },
)

test('a row of numbers is answered alone as in a batch', async () => {
  const name = 'xgb-3.0.0-binary-nan.json'
  const model = await read(name)
  for (const row of expectedOf(name).input) {
    const numbers = row.map((value) => (typeof value === 'number' ? value : Number.NaN))
    expect(model.predictOne?.(numbers)).toEqual(answer(model, row))
  }
})

describe('what is known of a model', () => {
  test('is what its file says', async () => {
    const { info } = await read('xgb-3.0.0-binary-nan.ubj')
    expect(info).toMatchObject({
      format: 'xgboost-ubjson',
      producer: 'XGBoost 3.0.0',
      precision: 'float32',
      output: { type: 'classes', classes: [0, 1] },
      warnings: [],
    })
    expect(info.features[0]).toEqual({ name: 'mean_radius', type: 'number', nullable: true })
  })

  test('has names for features that the file does not name', async () => {
    expect((await read('xgb-3.0.0-softprob.json')).info.featureNames).toEqual([
      'f0',
      'f1',
      'f2',
      'f3',
    ])
  })

  test('has what the library makes of missing values that it was not trained with', async () => {
    const { info } = await read('lgb-4.6.0-binary-no-missing-given-nan.txt')
    expect(info.warnings).toEqual([expect.stringContaining('takes a missing number for 0')])
  })

  test('says why a margin is served', async () => {
    const { info } = await read('made-rank.json')
    expect(info.output).toEqual({ type: 'values', names: ['margin'] })
    expect(info.warnings).toEqual([expect.stringContaining('order the rows of one query')])
  })

  test('names several values', async () => {
    expect((await read('made-targets.json')).info.output).toEqual({
      type: 'values',
      names: ['value_0', 'value_1'],
    })
    const named = await read('made-targets.json', { outputs: ['low', 'high'] })
    expect(named.info.output).toEqual({ type: 'values', names: ['low', 'high'] })
  })
})

describe('options', () => {
  const iris = 'xgb-3.0.0-softprob.json'

  test('name features and classes', async () => {
    const model = await read(iris, {
      features: ['a', 'b', 'c', 'd'],
      rename: { d: 'petal width' },
      types: { a: 'integer' },
      classes: ['setosa', 'versicolor', 'virginica'],
    })
    expect(model.info.featureNames).toEqual(['a', 'b', 'c', 'petal width'])
    expect(model.info.features[0].type).toBe('integer')
    expect(model.info.output).toEqual({
      type: 'classes',
      classes: ['setosa', 'versicolor', 'virginica'],
    })
  })

  test('name the margins of classes after these', async () => {
    const model = await read(iris, { output: 'margin', classes: ['a', 'b', 'c'] })
    expect(model.info.output).toEqual({ type: 'values', names: ['a', 'b', 'c'] })
  })

  test.each<[string, string, ModelOptions, RegExp]>([
    ['other classes', iris, { classes: ['a', 'b'] }, /3 classes, but .* names 2/],
    ['a class twice', iris, { classes: ['a', 'b', 'a'] }, /names "a" twice/],
    ['other features', iris, { features: ['a'] }, /4 features, but .* names 1/],
    ['a feature twice', iris, { rename: { f0: 'f1' } }, /several features are named "f1"/],
    ['a feature that is not there', iris, { rename: { g: 'h' } }, /"g", which is no feature/],
    ['a type that it cannot have', iris, { types: { f0: 'text' } }, /number, and not as text/],
    ['an option of others', iris, { outputName: 'x' }, /no option `outputName`/],
    ['an option of XGBoost', 'lgb-4.6.0-dart.txt', { trees: 'all' }, /no option `trees`/],
    [
      'the probabilities of a ranking',
      'made-rank.json',
      { output: 'probabilities' },
      /no probabilities.*order/,
    ],
    ['classes of a regression', 'made-deep.json', { classes: ['a'] }, /no classes/],
    ['another number of values', 'made-targets.json', { outputs: ['a'] }, /2 values, but/],
    ['nothing where it has to be known', 'made-earlystop-booster.json', {}, /trees: 'best'/],
  ])('that do not go with the file are refused: %s', async (_, name, options, message) => {
    await expect(read(name, options)).rejects.toMatchObject({
      name: 'ModelOptionsError',
      message: expect.stringMatching(message),
    })
  })
})

describe('features of one name', () => {
  const twice = smallXgboost({ feature_names: ['a', 'a'] })

  test('are refused with what to do', async () => {
    await expect(readModel(twice)).rejects.toThrow(/named "a".*--features a,b,c/)
  })

  test('and names that no request can have are refused alike', async () => {
    const dots = smallXgboost({ feature_names: ['a', '..'] })
    await expect(readModel(dots)).rejects.toThrow(
      /feature 2, "\.\.", means a folder.*--features a,b,c/,
    )
  })

  test('are served under other names', async () => {
    const { info } = await readModel(twice, { features: ['a', 'b'] })
    expect(info.warnings).toEqual([])
  })
})

const cities = await readModel(
  smallXgboost({ feature_names: ['city', 'size'] }, { cats: namedCategories }),
)

describe('categories that a file names', () => {
  test('are texts, in the order of their codes', async () => {
    const { info } = await read('lgb-4.6.0-pandas.txt')
    expect(info.features[1]).toEqual({
      name: 'city',
      type: 'text',
      nullable: true,
      categories: ['Bern', 'Chur', 'Genf', 'Zürich'],
    })
  })

  test('are missing in LightGBM when it does not know them', async () => {
    const model = await readModel(new TextEncoder().encode(smallLightgbm))
    const answers = ['Bern', 'Zürich', 'Basel', null].map((city) => answer(model, [city, 1]))
    expect(answers.flat()).toEqual([-1, 1, 1, 1])
  })

  test('are given by name, and numbers as numbers', () => {
    expect(cities.info.features).toMatchObject([
      { type: 'text', categories: ['Bern', 'Zürich'] },
      { type: 'integer', categories: [10, 20, 30] },
    ])
    expect(answer(cities, ['Bern', 30])).toEqual([-0.5])
    expect(answer(cities, ['Zürich', 10])).toEqual([1.5])
    expect(answer(cities, [null, null])).toEqual([1.5])
  })

  test.each<[Row, string, string]>([
    [['Genf', 10], 'city', '"Genf"'],
    [['Bern', 15], 'size', '15'],
  ])('are refused by XGBoost when it does not know them: %j', (row, field, shown) => {
    expect(() => answer(cities, row)).toThrow(
      new InputError(`is ${shown}, which is no category that the model knows`, { row: 0, field }),
    )
  })
})

test('what the library cannot be sure of is refused with its reason', async () => {
  await expect(readModel(smallXgboost({}, { objective: 'my:own' }))).rejects.toThrow(
    /objective "my:own" is not known/,
  )
})
