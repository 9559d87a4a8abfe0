import { describe, expect, test } from 'vitest'
import {
  type Expected,
  expectedOf,
  fixtureBytes,
  fixtureNames,
  optionsOf,
} from '../../test/tree-fixtures.ts'
import { InputError } from '../input-error.ts'
import { readModel } from '../kinds/index.ts'
import type { ModelOptions } from '../model-options.ts'
import { predictClasses } from '../predictions.ts'
import type { ModelRuntime } from '../runtime.ts'
import { checkSamples } from './check-samples.ts'
import { readSamples } from './read-samples.ts'
import { WrongSamplesError } from './samples.ts'

/** The answers of a library, as its `predict` gives them, or the margins where only these are served. */
const answersIn = (expected: Expected, { info }: ModelRuntime) => {
  const { margin, prediction, booster_predict_all_trees, sklearn_predict_proba_1 } = expected
  const isMargin = info.output.type === 'values' && info.output.names[0] === 'margin'
  return isMargin ? margin : (prediction ?? sklearn_predict_proba_1 ?? booster_predict_all_trees)
}

const check = async (model: ModelRuntime, samples: object | string) =>
  checkSamples(
    model,
    readSamples(typeof samples === 'string' ? samples : JSON.stringify(samples), model.info),
  )

const read = (name: string, options: ModelOptions = {}) => readModel(fixtureBytes(name), options)

test.each(fixtureNames)('%s answers as its library did', async (name) => {
  const model = await read(name, optionsOf(name))
  const expected = expectedOf(name)
  const rows = expected.input
  const checked = await check(model, { rows, expected: answersIn(expected, model) })
  expect(checked).toEqual({ ok: true, rows: rows.length, differing: 0 })
})

test('the trees beyond the best iteration make other answers, which is seen', async () => {
  const name = 'xgb-3.0.0-earlystop.json'
  const { input: rows, booster_predict_all_trees, sklearn_predict_proba_1 } = expectedOf(name)
  const [best, all] = [await read(name, { trees: 'best' }), await read(name, { trees: 'all' })]
  expect(await check(best, { rows, expected: sklearn_predict_proba_1 })).toMatchObject({ ok: true })
  expect(await check(all, { rows, expected: booster_predict_all_trees })).toMatchObject({
    ok: true,
  })
  expect(await check(all, { rows, expected: sklearn_predict_proba_1 })).toMatchObject({ ok: false })
  expect(await check(best, { rows, expected: booster_predict_all_trees })).toMatchObject({
    ok: false,
  })
})

/** Answers with the number of a row as the probability of yes. */
const echo: ModelRuntime = {
  info: {
    format: 'echo',
    precision: 'float64',
    features: [{ name: 'p', type: 'number', nullable: true }],
    featureNames: ['p'],
    output: { type: 'classes', classes: ['no', 'yes'] },
  },
  predict: async ({ numbers }) => {
    const wrong = numbers.indexOf(-1)
    if (wrong >= 0) throw new InputError('is below 0', { row: wrong, field: 'p' })
    return predictClasses(['no', 'yes'], Float64Array.from([...numbers].flatMap((p) => [1 - p, p])))
  },
  close: async () => {},
}

/** Answers with the number of a row, and with its double. */
const doubling: ModelRuntime = {
  info: { ...echo.info, output: { type: 'values', names: ['same', 'double'] } },
  predict: async ({ nRows, numbers }) => ({
    ...{ type: 'values', nRows, names: ['same', 'double'] },
    values: Float64Array.from([...numbers].flatMap((x) => [x, 2 * x])),
  }),
  close: async () => {},
}

describe('a wrong answer', () => {
  test('fails the check, which names the row that is furthest off, both answers and the tolerance', async () => {
    const samples = {
      rows: [[0.1], [0.2], [0.3]],
      expected: [
        [0.9, 0.1],
        [0.5, 0.5],
        [0.6, 0.4],
      ],
    }
    expect(await check(echo, samples)).toEqual({
      ok: false,
      rows: 3,
      differing: 2,
      row: 2,
      message: expect.stringContaining(
        'answers 2 of 3 samples otherwise than they say, and 0 may differ. Furthest off is row 2: the model answers ' +
          '0.8, 0.2, and the samples say 0.5, 0.5, with a tolerance of 0.000001.',
      ),
    })
  })

  test('may be in the share of the rows that may differ', async () => {
    const samples = { rows: [[0.1], [0.2], [0.3]], expected: ['no', 'yes', 'yes'] }
    expect(await check(echo, { ...samples, mayDiffer: 0.5 })).toMatchObject({ ok: false })
    expect(await check(echo, { ...samples, mayDiffer: 0.67 })).toMatchObject({
      ok: true,
      differing: 2,
    })
  })

  test('may be within the tolerance, which is a share of a number above 1', async () => {
    const of = (expected: readonly number[], tolerance: number) =>
      check(doubling, { rows: [[1000]], expected: [expected], tolerance })
    expect(await of([1001, 2000], 0.002)).toMatchObject({ ok: true })
    expect(await of([1001, 2000], 0.0005)).toMatchObject({ ok: false })
  })

  test('is seen among values that are all small', async () => {
    const samples = {
      rows: [[1e-9], [2e-9]],
      expected: [
        [1e-9, 2e-9],
        [2e-9, 5e-9],
      ],
    }
    expect(await check(doubling, samples)).toMatchObject({ ok: false, row: 2 })
  })

  test('is another label, even if the probabilities are close', async () => {
    const expected = [{ class: 'yes', class_probabilities: [0.5, 0.5] }]
    const checked = await check(echo, { rows: [[0.5]], expected })
    expect(checked).toMatchObject({
      message: expect.stringContaining(
        'answers class "no" (0.5, 0.5), and the samples say class "yes"',
      ),
    })
  })

  test('is one that the model refuses to give', async () => {
    const checked = await check(echo, { rows: [[0.1], [-1]], expected: ['no', 'no'] })
    expect(checked).toMatchObject({
      ok: false,
      row: 2,
      message: expect.stringContaining('p is below 0'),
    })
  })
})

describe('expected answers', () => {
  const rows = [{ p: 0.25 }, [0.75]]

  test.each([
    ['labels', ['no', 'yes']],
    [
      'probabilities',
      [
        [0.75, 0.25],
        [0.25, 0.75],
      ],
    ],
    ['probabilities of the second class', [0.25, 0.75]],
    ['answers of the API', [{ class: 'no', class_probabilities: [0.75, 0.25] }, { class: 'yes' }]],
  ])('are %s', async (_, expected) => {
    expect(await check(echo, { rows, expected })).toMatchObject({ ok: true })
  })

  test.each([
    ['arrays', [[1, 2]]],
    ['answers of the API', [{ values: { double: 2, same: 1 } }]],
  ])('of values are %s', async (_, expected) => {
    expect(await check(doubling, { rows: [[1]], expected })).toMatchObject({ ok: true })
  })

  test.each([
    ['labels', 'p,expected\n0.25,no\n0.75,yes\n'],
    ['probabilities of the second class', 'p,expected\n0.25,0.25\n0.75,0.75\n'],
    ['probabilities', 'expected_yes,p,expected_no\n0.25,0.25,0.75\n'],
    ['both', 'id,p,expected,expected_no,expected_yes\n7,0.25,no,0.75,0.25\n'],
  ])('are columns of CSV: %s', async (_, csv) => {
    expect(await check(echo, csv)).toMatchObject({ ok: true })
    expect(await check(echo, csv.replaceAll('0.25', '0.3').replace('0.3', '0.75'))).toMatchObject({
      ok: false,
    })
  })

  test('are columns of CSV with the names of values', async () => {
    const csv = 'p,expected_same,expected_double\n1,1,2\n'
    expect(await check(doubling, csv)).toMatchObject({ ok: true })
    expect(await check(doubling, csv.replace('1,2', '2,1'))).toMatchObject({ ok: false })
  })
})

test('an empty cell and null are missing', () => {
  const numbersIn = (text: string) => [...readSamples(text, echo.info).rows.batch().numbers]
  expect(numbersIn('{"rows":[[null],{}],"expected":["no","no"]}')).toEqual([Number.NaN, Number.NaN])
  expect(numbersIn('p,expected\n,no\n')).toEqual([Number.NaN])
})

const manyRows = (count: number) => ({
  rows: Array.from({ length: count }, () => [1]),
  expected: Array.from({ length: count }, () => 'no'),
})

test.each([
  ['{', /not valid JSON/],
  ['{"rows":[]}', /no array `expected`/],
  ['{"expected":[]}', /no array `rows`/],
  ['{"rows":[],"expected":[]}', /no rows/],
  ['{"rows":[[1]],"expected":[]}', /1 rows, but 0 expected answers/],
  ['{"rows":[[1]],"expected":["no"],"tolerence":1}', /"tolerence"; known are/],
  ['{"rows":[[1]],"expected":["no"],"tolerance":-1}', /`tolerance`/],
  ['{"rows":[[1]],"expected":["no"],"mayDiffer":5}', /`mayDiffer`/],
  ['{"rows":[[1],[1,2]],"expected":["no","no"]}', /Row 2 of the samples has 2 of 1 values/],
  ['{"rows":[{"q":1}],"expected":["no"]}', /Row 1 .* q is not a feature/],
  ['{"rows":[["x"]],"expected":["no"]}', /Row 1 .* p must be a finite/],
  [
    '{"rows":[[1]],"expected":["maybe"]}',
    /answer to row 1 .* "maybe", and the classes are "no", "yes"/,
  ],
  ['{"rows":[[1]],"expected":[[1]]}', /1 numbers, but the model has 2 classes/],
  ['{"rows":[[1]],"expected":[[1,null]]}', /null where a number/],
  ['{"rows":[[1]],"expected":[{}]}', /neither class nor/],
  [JSON.stringify(manyRows(10_001)), /10000 is the limit/],
  ['p\n1\n', /no column `expected`, and no column `expected_no`/],
  ['q,expected\n1,no\n', /lacks columns that the model needs: p/],
  ['p,expected\n1\n', /Row 1 of the samples has 1 of 2 cells/],
  ['p,expected\nx,no\n', /Row 1 of the samples p is not/],
  ['p,expected\n"1', /not valid CSV/],
  ['', /no column `expected`|lacks columns/],
])('samples that are wrong are refused with the place: %.60s', (text, message) => {
  expect(() => readSamples(text, echo.info)).toThrow(WrongSamplesError)
  expect(() => readSamples(text, echo.info)).toThrow(message)
})

test('few rows that stand for very many missing values are refused before they take memory', () => {
  const features = Array.from({ length: 100_000 }, (_, k) => ({
    ...{ name: `x${k}`, type: 'number' as const, nullable: true },
  }))
  const text = JSON.stringify({ rows: Array(100).fill({}), expected: Array(100).fill('no') })
  expect(() => readSamples(text, { ...echo.info, features })).toThrow(/give fewer rows/)
})

test('a feature that is named as an answer needs JSON', () => {
  const features = [{ name: 'expected', type: 'number', nullable: false }] as const
  const info = { ...echo.info, features }
  expect(() => readSamples('expected\n1\n', info)).toThrow(/"expected".*Use JSON/)
})
