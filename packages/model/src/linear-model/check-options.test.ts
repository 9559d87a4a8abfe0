import { describe, expect, test } from 'vitest'
import { makeClassification } from '../datasets/make-classification.ts'
import { ModelError } from '../errors.ts'
import { calibrationCurve } from '../metrics/calibration-curve.ts'
import { populationStabilityIndex } from '../metrics/population-stability-index.ts'
import { kFold, stratifiedKFold } from '../model-selection/k-fold.ts'
import { takeSplit } from '../model-selection/take-split.ts'
import { trainTestSplit } from '../model-selection/train-test-split.ts'
import { RandomState } from '../random/random-state.ts'
import { type FitOptions, LogisticRegression } from './logistic-regression.ts'

const X = [[0], [1], [2], [3]]
const y = [0, 0, 1, 1]

/** Options as JavaScript may give them. */
const loose = (options: unknown) => options as never

const construct = (options: object) => new LogisticRegression(loose(options))
const fit = (options: unknown) => new LogisticRegression().fit(X, y, loose(options))

const takers: Readonly<Record<string, (options: object) => unknown>> = {
  LogisticRegression: construct,
  fit,
  kFold: (options) => kFold(4, loose(options)),
  stratifiedKFold: (options) => stratifiedKFold(y, loose(options)),
  trainTestSplit: (options) => trainTestSplit(X, y, loose(options)),
  makeClassification: (options) => makeClassification(loose(options)),
  calibrationCurve: (options) => calibrationCurve([0, 1], [0, 1], loose(options)),
  populationStabilityIndex: (options) => populationStabilityIndex([0], [0], loose(options)),
}

describe.each(Object.entries(takers))('%s', (_, take) => {
  test.each([null, 5, 'C', [1, 2], Float64Array.of(1)])('takes no %j for options', (options) => {
    expect(() => take(loose(options))).toThrow(ModelError)
  })

  test('refuses a name that is no option', () => {
    expect(() => take({ foo: 1 })).toThrow(/has no option "foo"; expected/)
  })
})

test.each<[string, () => unknown, string]>([
  ['max_iter', () => construct({ max_iter: 5 }), 'no option "max_iter"; expected maxIter'],
  ['c', () => construct({ c: 1 }), 'no option "c"; expected C'],
  ['sample_weight', () => fit({ sample_weight: [1] }), 'expected sampleWeight'],
  ['test_size', () => trainTestSplit(X, y, loose({ test_size: 0.5 })), 'expected testSize'],
  ['n_splits', () => kFold(4, loose({ n_splits: 2 })), 'expected nSplits'],
  ['random_state', () => makeClassification(loose({ random_state: 1 })), 'expected randomState'],
])("Python's %s is refused, naming what was meant", (_, take, message) => {
  expect(take).toThrow(message)
})

test.each<[object, string]>([
  [{ penalty: 'l0' }, 'penalty is "l0"; expected "l2" or "l1" or "elasticnet" or "none" or null'],
  [{ penalty: 'None' }, 'penalty is "None"'],
  [{ fitIntercept: 'false' }, 'fitIntercept is "false"; expected true or false'],
  [{ fitIntercept: null }, 'fitIntercept is null'],
  [{ C: '1' }, 'C is "1"; expected a finite number above 0'],
  [{ C: 1n }, 'C is 1n'],
  [{ C: null }, 'C is null'],
  [{ maxIter: '5' }, 'maxIter is "5"; expected a whole number'],
  [{ tol: '0' }, 'tol is "0"'],
  [{ warmStart: {} }, 'warmStart is {}; expected a model'],
  [{ classWeight: 'auto' }, 'classWeight is "auto"; expected "balanced"'],
  [{ classWeight: [1, 2] }, 'classWeight is [1,2]'],
])('the options %o of a fit are refused', (options, message) => {
  expect(() => construct(options)).toThrow(ModelError)
  expect(() => construct(options)).toThrow(message)
})

test.each<[object, string]>([
  [{ sampleWeight: '1111' }, 'sampleWeight is "1111"; expected an array'],
  [{ featureNames: 'a' }, 'featureNames is "a"; expected an array'],
  [{ onIteration: 5 }, 'onIteration is 5; expected a function'],
])('%j of a fit is refused', (options, message) => {
  expect(() => fit(options as FitOptions)).toThrow(message)
})

test("null is no penalty, no weights and a seed by chance, as in Python's None", () => {
  const none = new LogisticRegression({ penalty: 'none', maxIter: 3 }).fit(X, [0, 1, 0, 1])
  const asNull = new LogisticRegression({ penalty: null, maxIter: 3 }).fit(X, [0, 1, 0, 1])
  expect(asNull.coef).toEqual(none.coef)
  const plain = new LogisticRegression().fit(X, y)
  const options = { sampleWeight: null }
  expect(new LogisticRegression({ classWeight: null }).fit(X, y, options).coef).toEqual(plain.coef)
  expect(makeClassification({ randomState: null }).X).toHaveLength(100)
  expect(trainTestSplit(X, y, { testSize: null, stratify: null }).XTest).toHaveLength(1)
})

test.each([['5'], [true], [[]], [['1']], [{}], [-1], [1.5], [2 ** 32], [Number.NaN]])(
  'a randomState of %j is refused',
  (randomState) => {
    for (const shuffle of [true, false]) {
      const options = { shuffle, randomState: loose(randomState) }
      const message = 'expected an integer from 0 to 2^32 - 1'
      expect(() => kFold(10, options)).toThrow(message)
      expect(() => trainTestSplit(X, y, options)).toThrow(message)
    }
  },
)

test.each<[string, (random: RandomState) => unknown]>([
  ['uniform', (random) => random.uniform(loose('0'))],
  ['randint', (random) => random.randint(0)],
  ['randint', (random) => random.randint(2.5)],
  ['shuffle', (random) => random.shuffle(loose(null))],
  ['permutation', (random) => random.permutation(-1)],
])('RandomState.%s refuses what it cannot draw', (_, draw) => {
  expect(() => draw(new RandomState(0))).toThrow(ModelError)
})

describe('class weights', () => {
  const words = ['no', 'no', 'yes', 'yes']

  test('for a class that is not there are refused', () => {
    const fitWith = (classWeight: object) =>
      new LogisticRegression({ classWeight: loose(classWeight) }).fit(X, words)
    expect(() => fitWith({ Yes: 100 })).toThrow(
      'classWeight has a weight for "Yes"; expected only classes of y: "no", "yes"',
    )
    expect(() => fitWith(new Map<unknown, number>([[1, 2]]))).toThrow('has a weight for 1')
    expect(() => fitWith({ yes: null })).toThrow('the weight of class "yes" is null')
    expect(() => fitWith({ yes: '2' })).toThrow('the weight of class "yes" is "2"')
  })

  test('may be given for numbers by their text or as they are', () => {
    const byText = new LogisticRegression({ classWeight: { 1: 3 } }).fit(X, y)
    const asNumber = new LogisticRegression({ classWeight: new Map([[1, 3]]) }).fit(X, y)
    expect(byText.coef).toEqual(asNumber.coef)
    const both = new Map<number | string, number>([
      [1, 3],
      ['1', 3],
    ])
    expect(() => new LogisticRegression({ classWeight: both }).fit(X, y)).toThrow(
      'has a weight for "1"',
    )
  })
})

test('the numbers of rows in a split are such', () => {
  const take = (train: unknown) => takeSplit(X, y, loose({ train, test: [] }))
  expect(() => take([4])).toThrow('train[0] is 4; expected the number of a row, from 0 to 3')
  expect(() => take(['0'])).toThrow('train[0] is "0"')
  expect(() => take(null)).toThrow('train is null; expected an array')
})

test('shares and counts are numbers', () => {
  expect(() => trainTestSplit(X, y, loose({ testSize: '0.5' }))).toThrow('testSize is "0.5"')
  expect(() => kFold(loose('4'))).toThrow('nRows is "4"')
  expect(() => kFold(4, loose({ shuffle: 'yes' }))).toThrow('shuffle is "yes"')
  expect(() => makeClassification(loose({ hypercube: 'false' }))).toThrow('hypercube is "false"')
  expect(() => makeClassification({ nSamples: 1e15 })).toThrow('expected at most 4294967295')
  expect(() => calibrationCurve([0, 1], [0, 1], loose({ strategy: 'quantiles' }))).toThrow(
    'strategy is "quantiles"; expected "uniform" or "quantile"',
  )
  expect(() => calibrationCurve([0, 1], [0, 1], loose({ positive: '1' }))).toThrow(
    'positive is "1"; expected a class such as 0 or 1',
  )
})
