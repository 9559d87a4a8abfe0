import { describe, expect, test } from 'vitest'
import { readTrees, readXgboost } from '../src/index.ts'
import { errorOf } from './errors.ts'
import { expectedOf, fixtureBytes, rowsOf } from './fixtures.ts'
import { toUbjson } from './to-ubjson.ts'
import { leaf, type SmallModel, stump, xgboostObject, xgboostText } from './xgboost-model.ts'

const marginsOf = (model: SmallModel, rows: readonly number[], count = rows.length / 2) => [
  ...readXgboost(xgboostText(model)).predictMargin(Float64Array.from(rows), count),
]

describe('splits', () => {
  test('a value goes left below the threshold, and right from it on', () => {
    expect(marginsOf({}, [1.4, 0, 1.5, 0, 1.6, 0])).toEqual([-1, 1, 1])
  })

  test('values are compared in float32', () => {
    // Below 0.1 as a double, the same number as float32.
    const tree = { ...stump, conditions: [0.1, -1, 1] }
    expect(marginsOf({ trees: [tree] }, [0.0999999999, 0])).toEqual([1])
  })

  test.each([
    [0, 1],
    [1, -1],
  ])('NaN goes where default_left says: %s', (missingLeft, expected) => {
    const tree = { ...stump, missingLeft: [missingLeft, 0, 0] }
    expect(marginsOf({ trees: [tree] }, [Number.NaN, 0])).toEqual([expected])
  })

  test('default_left may be true and false, as before 1.3', () => {
    const text = xgboostText().replace(
      '"default_left":[0,0,0]',
      '"default_left":[true,false,false]',
    )
    expect([...readXgboost(text).predictMargin(Float64Array.of(Number.NaN, 0), 1)]).toEqual([-1])
  })

  test('zero is missing too with the option', () => {
    const text = xgboostText({
      trees: [{ ...stump, conditions: [-1, -1, 1], missingLeft: [1, 0, 0] }],
    })
    const rows = Float64Array.of(0, 0, -0, 0, Number.NaN, 0)
    expect([...readXgboost(text).predictMargin(rows, 3)]).toEqual([1, 1, -1])
    expect([...readXgboost(text, { missing: 'zero' }).predictMargin(rows, 3)]).toEqual([-1, -1, -1])
  })

  test('infinite thresholds are as they are, and NaN is refused', () => {
    const at = (threshold: number) => ({ trees: [{ ...stump, conditions: [threshold, -1, 1] }] })
    const rows = [1e38, 0, Number.POSITIVE_INFINITY, 0, Number.NEGATIVE_INFINITY, 0]
    expect(marginsOf(at(Number.POSITIVE_INFINITY), rows)).toEqual([-1, 1, -1])
    expect(marginsOf(at(Number.NEGATIVE_INFINITY), rows)).toEqual([1, 1, 1])
    const error = errorOf(() => readXgboost(xgboostText(at(Number.NaN))))
    expect(error.facts).toEqual({ tree: 0, node: 0 })
  })

  test('nodes may stand in any order, and those that were pruned are left out', () => {
    const tree = {
      left: [3, -1, 2147483647, -1],
      right: [1, -1, 2147483647, -1],
      features: [0, 0, 2147483647, 0],
      conditions: [1.5, 1, 7, -1],
    }
    expect(marginsOf({ trees: [tree] }, [1, 0, 2, 0])).toEqual([-1, 1])
  })

  test('a tree of one leaf adds its value', () => {
    expect(marginsOf({ trees: [leaf(0.25), leaf(0.5)] }, [1, 0])).toEqual([0.75])
  })
})

describe('categorical splits', () => {
  const categorical = (categories: readonly number[], missingLeft = 0) => ({
    ...stump,
    conditions: [Number.NaN, -1, 1],
    missingLeft: [missingLeft, 0, 0],
    extra: {
      split_type: [1, 0, 0],
      categories,
      categories_nodes: [0],
      categories_segments: [0],
      categories_sizes: [categories.length],
    },
  })

  test('a category of the set goes right; unseen, negative, too large and fractional ones as XGBoost has it', () => {
    const rows = [2, 3, 2.9, -1, -0.5, 40, 33, 2 ** 24, 1e20].flatMap((value) => [value, 0])
    const margins = marginsOf({ trees: [categorical([33, 2])] }, rows)
    expect(margins).toEqual([1, -1, 1, -1, -1, -1, 1, -1, -1])
  })

  test.each([
    [0, 1],
    [1, -1],
  ])('NaN goes where default_left says: %s', (missingLeft, expected) => {
    expect(marginsOf({ trees: [categorical([2], missingLeft)] }, [Number.NaN, 0])).toEqual([
      expected,
    ])
  })

  test('a set of very large categories takes no more memory than it took in the file', () => {
    const trees = Array.from({ length: 200 }, () => categorical([5, 2 ** 24 - 1]))
    expect(marginsOf({ trees }, [2 ** 24 - 1, 0, 6, 0])).toEqual([200, -200])
  })

  test('pieces of the categories that do not fit are refused', () => {
    const tree = categorical([2])
    const extra = { ...tree.extra, categories_sizes: [2] }
    const error = errorOf(() => readXgboost(xgboostText({ trees: [{ ...tree, extra }] })))
    expect(error.message).toContain('node 0 of tree 0')
  })
})

describe('base_score', () => {
  test.each([
    ['5E-1', 'reg:squarederror', 0.5],
    ['[5E-1]', 'reg:squarederror', 0.5],
    ['5E-1', 'binary:logistic', 0],
    ['[2E-1]', 'binary:logistic', Math.fround(Math.log(0.25))],
    ['5E-1', 'binary:logitraw', 0.5],
    ['2E0', 'count:poisson', Math.fround(Math.log(2))],
    ['[2E0]', 'reg:gamma', Math.fround(Math.log(2))],
    ['2E0', 'reg:tweedie', Math.fround(Math.log(2))],
    ['5E-1', 'rank:ndcg', 0.5],
    ['5E-1', 'binary:hinge', 0.5],
  ])('%s of %s starts from %d', (base, objective, margin) => {
    const [found] = marginsOf({ base, objective, trees: [leaf(0)] }, [1, 1])
    expect(found).toBeCloseTo(margin, 6)
  })

  test('a list has one number a class since 3.1', () => {
    const model = {
      base: '[1E-1,2E-1,-3E-1]',
      objective: 'multi:softprob',
      classes: 3,
      trees: [leaf(0), leaf(0), leaf(1)],
      info: [0, 1, 2],
      version: [3, 1, 0],
    }
    const sum = Math.fround(Math.fround(-0.3) + 1)
    expect(marginsOf(model, [1, 1])).toEqual([Math.fround(0.1), Math.fround(0.2), sum])
  })

  test('the list gives the same margins as the number', () => {
    const text = new TextDecoder().decode(fixtureBytes('xgb-3.0.0-binary-nan.json'))
    const list = text.replace('"base_score":"6.274165E-1"', '"base_score":"[6.274165E-1]"')
    expect(list).not.toBe(text)
    const { input } = expectedOf('xgb-3.0.0-binary-nan.json')
    const model = readXgboost(text)
    const rows = rowsOf(model, input)
    const margins = model.predictMargin(rows, input.length)
    expect(readXgboost(list).predictMargin(rows, input.length)).toEqual(margins)
  })

  test.each([
    ['0E0', 'binary:logistic', [3, 0, 0]],
    ['1.5E0', 'binary:logistic', [3, 1, 0]],
    ['-1E0', 'count:poisson', [3, 1, 0]],
    ['NaN', 'reg:squarederror', [3, 1, 0]],
    ['[1E0,2E0]', 'reg:squarederror', [3, 1, 0]],
    ['five', 'reg:squarederror', [3, 1, 0]],
    ['[]', 'reg:squarederror', [3, 1, 0]],
  ])('%s of %s is refused', (base, objective, version) => {
    const error = errorOf(() => readXgboost(xgboostText({ base, objective, version })))
    expect(error.code).toBe('invalid_file')
    expect(error.facts.offset).toBeGreaterThan(0)
  })

  test('0 is moved inwards for logistic objectives since 3.1, as there', () => {
    const [margin] = marginsOf(
      { base: '[0E0]', objective: 'binary:logistic', version: [3, 1, 0], trees: [leaf(0)] },
      [1, 1],
    )
    expect(margin).toBeCloseTo(-13.8155, 3)
  })
})

describe('early stopping', () => {
  const name = 'xgb-3.0.0-earlystop.json'
  const expected = expectedOf(name)

  test("the mark of scikit-learn's wrapper decides for its trees", () => {
    const model = readXgboost(fixtureBytes(name))
    const rows = rowsOf(model, expected.input)
    expect(model.facts).toMatchObject({ trees: 14, usedTrees: 9 })
    expect([...model.predict(rows, expected.input.length)]).toEqual(
      expected.sklearn_predict_proba_1,
    )
  })

  test('all trees are used when they are asked for', () => {
    const model = readXgboost(fixtureBytes(name), { trees: 'all' })
    const rows = rowsOf(model, expected.input)
    expect([...model.predict(rows, expected.input.length)]).toEqual(
      expected.booster_predict_all_trees,
    )
  })

  test('without the mark the caller has to say which', () => {
    const learner = { attributes: { best_iteration: '0' } }
    const text = xgboostText({ trees: [leaf(1), leaf(2)], learner })
    const error = errorOf(() => readXgboost(text))
    expect(error.code).toBe('option_needed')
    expect(error.facts.option).toBe('trees')
    const rows = Float64Array.of(0, 0)
    expect([...readXgboost(text, { trees: 'best' }).predict(rows, 1)]).toEqual([1])
    expect([...readXgboost(text, { trees: 'all' }).predict(rows, 1)]).toEqual([3])
  })

  test('where the best iteration is the last nothing has to be said', () => {
    const learner = { attributes: { best_iteration: '1' } }
    expect(readXgboost(xgboostText({ trees: [leaf(1), leaf(2)], learner })).facts.usedTrees).toBe(2)
  })

  test('iterations of several trees are cut where they end', () => {
    const model = {
      trees: [1, 2, 3, 4, 5, 6].map(leaf),
      info: [0, 1, 0, 1, 0, 1],
      objective: 'multi:softprob',
      classes: 2,
      learner: { attributes: { best_iteration: '1' } },
    }
    expect(readXgboost(xgboostText(model), { trees: 'best' }).facts.usedTrees).toBe(4)
    const indptr = { ...model, model: { iteration_indptr: [0, 2, 5, 6] } }
    expect(readXgboost(xgboostText(indptr), { trees: 'best' }).facts.usedTrees).toBe(5)
  })

  test('`best` without early stopping is refused', () => {
    expect(errorOf(() => readXgboost(xgboostText(), { trees: 'best' })).code).toBe('invalid_option')
  })
})

describe('boosters', () => {
  const trees = [leaf(1), leaf(2)]

  test.each([
    [
      'until 3.3',
      { name: 'dart', gbtree: { name: 'gbtree', model: {} }, weight_drop: [0.5, 0.25] },
    ],
    ['from 3.4 on, in the model', {}],
  ])('DART weighs its trees: %s', (_, booster) => {
    const object = xgboostObject({ trees })
    const { model } = object.learner.gradient_booster
    const inModel = 'gbtree' in booster ? {} : { weight_drop: [0.5, 0.25] }
    const gradient =
      'gbtree' in booster
        ? { ...booster, gbtree: { name: 'gbtree', model } }
        : { name: 'gbtree', model: { ...model, ...inModel } }
    const text = JSON.stringify({
      ...object,
      learner: { ...object.learner, gradient_booster: gradient },
    })
    const read = readXgboost(text)
    expect(read.facts.booster).toBe('dart')
    expect([...read.predict(Float64Array.of(0, 0), 1)]).toEqual([1])
  })

  test('trees behind the weights of DART count in full', () => {
    expect(marginsOf({ trees, model: { weight_drop: [0.5] } }, [0, 0])).toEqual([2.5])
  })

  test('gblinear leaves out what is missing', () => {
    const booster = { name: 'gblinear', model: { weights: [2, 3, 0.5] } }
    const text = xgboostText({ booster, base: '1E0' })
    const rows = Float64Array.of(1, 1, Number.NaN, 1, 1, Number.NaN)
    expect([...readXgboost(text).predict(rows, 3)]).toEqual([6.5, 4.5, 3.5])
  })

  test('gblinear with another number of weights is refused', () => {
    const booster = { name: 'gblinear', model: { weights: [2, 3] } }
    expect(errorOf(() => readXgboost(xgboostText({ booster }))).code).toBe('invalid_file')
  })

  test('gblinear with a weight that is not finite is refused', () => {
    const booster = { name: 'gblinear', model: { weights: [2, Number.NaN, 0.5] } }
    expect(errorOf(() => readXgboost(xgboostText({ booster }))).message).toContain('Weight 1')
  })

  test('an unknown booster is refused', () => {
    const error = errorOf(() => readXgboost(xgboostText({ booster: { name: 'gbforest' } })))
    expect(error.code).toBe('unsupported_model')
  })
})

describe('vector leaves', () => {
  const model = (extra: object, right: readonly number[]): SmallModel => ({
    targets: 2,
    trees: [{ ...stump, right, leafWidth: 2, extra }],
  })

  test('have the weights of their nodes until 3.1', () => {
    const small = model({ base_weights: [0, 0, 1, 2, 3, 4] }, [2, -1, -1])
    expect(marginsOf(small, [1, 0, 2, 0])).toEqual([1, 2, 3, 4])
  })

  test('have weights of their own since 3.2, numbered by their right children', () => {
    const extra = { base_weights: [9], leaf_weights: [3, 4, 1, 2] }
    expect(marginsOf(model(extra, [2, 1, 0]), [1, 0, 2, 0])).toEqual([1, 2, 3, 4])
  })

  test('are weighed by DART too', () => {
    const small = model({ base_weights: [0, 0, 1, 2, 3, 4] }, [2, -1, -1])
    expect(marginsOf({ ...small, model: { weight_drop: [0.5] } }, [2, 0])).toEqual([1.5, 2])
  })

  test('that are not there are refused', () => {
    const error = errorOf(() =>
      readXgboost(xgboostText(model({ leaf_weights: [1, 2] }, [2, 0, 1]))),
    )
    expect(error.facts).toEqual({ tree: 0, node: 2 })
  })

  test('of another width than the model has outputs are refused', () => {
    const small = { ...model({ base_weights: [0, 0, 1, 2, 3, 4] }, [2, -1, -1]), targets: 3 }
    expect(errorOf(() => readXgboost(xgboostText(small))).code).toBe('invalid_file')
  })
})

describe('what a file says', () => {
  test('features have their names and types, or f0, f1, … without', () => {
    const named = { feature_names: ['with space', 'b'], feature_types: ['c', 'int'] }
    expect(readXgboost(xgboostText({ learner: named })).features).toEqual([
      { name: 'with space', type: 'category' },
      { name: 'b', type: 'integer' },
    ])
    expect(readXgboost(xgboostText()).features.map(({ name }) => name)).toEqual(['f0', 'f1'])
  })

  test('a name that two features have is warned of', () => {
    const learner = { feature_names: ['a', 'a'] }
    expect(readXgboost(xgboostText({ learner })).facts.warnings).toEqual([
      'Several features are named "a": their values can be given by position only.',
    ])
  })

  test('names of another number than the features are refused', () => {
    const error = errorOf(() => readXgboost(xgboostText({ learner: { feature_names: ['a'] } })))
    expect(error.message).toContain('2 features')
  })

  const cats = {
    enc: [
      { offsets: [0, 4, 11], values: [66, 101, 114, 110, 90, -61, -68, 114, 105, 99, 104] },
      { type: 15, values: [10, -20, 30] },
    ],
    feature_segments: [0, 2, 5],
    sorted_idx: [0, 1, 1, 0, 2],
  }

  test('categories have the names that 3.1 and newer store', () => {
    const model = readXgboost(xgboostText({ model: { cats } }))
    expect(model.features[0]).toMatchObject({ type: 'category', categories: ['Bern', 'Zürich'] })
    expect(model.features[1].categories).toEqual([10, -20, 30])
    expect(model.categoryCode(0, 'Zürich')).toBe(1)
    expect(model.categoryCode(0, 'Genf')).toBeUndefined()
  })

  test('UBJSON holds unsigned categories in the signed type of their width', () => {
    const unsigned = {
      enc: [
        { offsets: [0], values: [] },
        { type: 12, values: [1, 65535] },
      ],
    }
    const object = xgboostObject({ model: { cats: unsigned } })
    const bytes = toUbjson(object, (name) => (name === 'values' ? 'I' : undefined))
    expect(readXgboost(bytes).features[1].categories).toEqual([1, 65535])
    expect(readXgboost(bytes).features[0].type).toBe('number')
  })

  test('a feature without named categories has no codes', () => {
    expect(errorOf(() => readXgboost(xgboostText()).categoryCode(0, 'a')).code).toBe('invalid_rows')
    expect(errorOf(() => readXgboost(xgboostText()).categoryCode(9, 'a')).code).toBe('invalid_rows')
  })

  test('members may stand in any order', () => {
    const reverse = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(reverse)
      if (typeof value !== 'object' || value === null) return value
      return Object.fromEntries(
        Object.entries(value)
          .toReversed()
          .map(([name, member]) => [name, reverse(member)]),
      )
    }
    const text = JSON.stringify(reverse(JSON.parse(xgboostText())), null, 2)
    expect([...readTrees(text).predict(Float64Array.of(1, 0), 1)]).toEqual([-1])
  })

  test('outputs are classes, values or margins', () => {
    const outputOf = (model: SmallModel) =>
      readXgboost(xgboostText({ base: '5E-1', ...model })).facts.output
    expect(outputOf({ objective: 'binary:logistic' })).toEqual({ kind: 'classes', classes: 2 })
    expect(outputOf({ objective: 'reg:logistic' })).toEqual({ kind: 'values' })
    expect(outputOf({ objective: 'binary:hinge' })).toMatchObject({ kind: 'margin' })
    expect(outputOf({ objective: 'survival:aft' })).toMatchObject({ kind: 'margin' })
  })

  test.each(['reg:expectileerror', 'my:own', '__proto__'])(
    'the objective %s is refused',
    (objective) => {
      expect(errorOf(() => readXgboost(xgboostText({ objective }))).code).toBe('unsupported_model')
    },
  )

  test('nothing of a model can be changed', () => {
    const model = readXgboost(xgboostText())
    expect(Object.isFrozen(model)).toBe(true)
    expect(Object.isFrozen(model.facts)).toBe(true)
    expect(Object.isFrozen(model.features)).toBe(true)
  })
})

describe('rows', () => {
  const model = readXgboost(xgboostText())

  test('have to be as many numbers as there are features', () => {
    expect(errorOf(() => model.predict(Float64Array.of(1, 2, 3), 1)).code).toBe('invalid_rows')
    expect(errorOf(() => model.predict(Float64Array.of(), -1)).code).toBe('invalid_rows')
    expect(errorOf(() => model.predict([1, 2] as never, 1)).code).toBe('invalid_rows')
    expect(errorOf(() => model.predict(Float64Array.of(1, 2), 0.5)).code).toBe('invalid_rows')
  })

  test('may be none', () => {
    expect(model.predict(new Float64Array(0), 0)).toHaveLength(0)
  })

  test('have no probabilities where the model predicts no classes', () => {
    expect(errorOf(() => model.predictProbabilities(Float64Array.of(1, 2), 1)).code).toBe(
      'invalid_rows',
    )
  })
})

test.each([
  ['trees', { trees: 'first' }],
  ['missing', { missing: 0 }],
])('a wrong option %s is refused', (option, options) => {
  const error = errorOf(() => readXgboost(xgboostText(), options as never))
  expect(error.code).toBe('invalid_option')
  expect(error.facts.option).toBe(option)
})
