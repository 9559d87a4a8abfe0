import { describe, expect, test } from 'vitest'
import { readLightgbm, readTrees } from '../src/index.ts'
import { errorOf } from './errors.ts'
import { leaf, lightgbmText, type SmallLightgbm, stump } from './lightgbm-model.ts'

const predict = (model: SmallLightgbm, firsts: readonly number[]) => [
  ...readLightgbm(lightgbmText(model)).predict(
    Float64Array.from(firsts.flatMap((value) => [value, 0])),
    firsts.length,
  ),
]
const { NaN: nan, POSITIVE_INFINITY: infinity } = Number

describe('splits', () => {
  test('a value goes left up to the threshold, compared as a double', () => {
    const trees = [stump(2, '0.1')]
    expect(predict({ trees }, [0.1, 0.10000000000000002, 0.0999])).toEqual([-1, 1, -1])
  })

  test.each([
    ['none: as 0, left', 2, '1.5', -1],
    ['none: as 0, right', 2, '-1.5', 1],
    ['none, default right: still as 0', 0, '1.5', -1],
    ['zero, default left', 6, '-1.5', -1],
    ['zero, default right', 4, '1.5', 1],
    ['NaN, default left', 10, '-1.5', -1],
    ['NaN, default right', 8, '1.5', 1],
  ])('NaN with the missing type %s', (_, decision, threshold, expected) => {
    expect(predict({ trees: [stump(decision, threshold)] }, [nan])).toEqual([expected])
  })

  test('with the missing type zero, what is zero goes the default way', () => {
    const trees = [stump(4, '1.5')]
    expect(predict({ trees }, [0, -0, 1e-36, -1e-36, 1e-34, 1.5])).toEqual([1, 1, 1, 1, -1, -1])
    expect(readLightgbm(lightgbmText({ trees })).facts.missing).toEqual({ nan: true, zero: true })
  })

  test('what is missing is said: NaN is 0 to a model that was trained without', () => {
    expect(readLightgbm(lightgbmText()).facts.missing).toEqual({ nan: false, zero: false })
    const trees = [stump(10)]
    expect(readLightgbm(lightgbmText({ trees })).facts.missing).toEqual({ nan: true, zero: false })
  })

  test.each([2, 6, 10])('a threshold of inf lets all to the left, infinity too: %d', (decision) => {
    expect(predict({ trees: [stump(decision, 'inf')] }, [1e308, infinity, -infinity])).toEqual([
      -1, -1, -1,
    ])
  })

  test('a threshold of -inf or the largest double is as it is', () => {
    expect(predict({ trees: [stump(2, '-inf')] }, [-1e308, -infinity])).toEqual([1, -1])
    const trees = [stump(2, '1.7976931348623157e+308')]
    expect(predict({ trees }, [Number.MAX_VALUE, infinity])).toEqual([-1, 1])
  })

  test('without decision_type all splits are by number', () => {
    expect(predict({ trees: [stump().replace(/decision_type=.*\n/, '')] }, [1, 2])).toEqual([-1, 1])
  })
})

describe('categorical splits', () => {
  const categorical = stump(1, '1').replace('num_cat=0', 'num_cat=2')
  const trees = [`${categorical}cat_boundaries=0 1 3\ncat_threshold=1 4 2147483648\n`]

  test('a category of the set goes left; unseen, negative and missing ones go right, fractional ones are cut', () => {
    const values = [2, 63, 3, 2.9, -1, 64, 1e6, 1e20, nan, infinity]
    expect(predict({ trees }, values)).toEqual([-1, -1, 1, -1, 1, 1, 1, 1, 1, 1])
  })

  test('a value between -1 and 0 is category 0, as in C', () => {
    const zero = [`${categorical}cat_boundaries=0 0 1\ncat_threshold=1\n`]
    expect(predict({ trees: zero }, [-0.5, -0.99, -1])).toEqual([-1, -1, 1])
  })

  test.each([
    [
      'a set that is not there',
      stump(1, '2').replace('num_cat=0', 'num_cat=2'),
      'cat_boundaries=0 1 3\ncat_threshold=1 4 5\n',
    ],
    ['boundaries that fall', categorical, 'cat_boundaries=0 3 1\ncat_threshold=1\n'],
    ['too few words', categorical, 'cat_boundaries=0 1 3\ncat_threshold=1 4\n'],
    ['no boundaries', categorical, ''],
  ])('%s is refused', (_, tree, more) => {
    const error = errorOf(() => readLightgbm(lightgbmText({ trees: [tree + more] })))
    expect(error.code).toBe('invalid_file')
    expect(error.facts.tree).toBe(0)
  })
})

describe('linear trees', () => {
  const terms =
    'is_linear=1\nleaf_const=10 20\nnum_features=1 2\nleaf_features=0  0 1  \nleaf_coeff=2  3 4  \n'
  const rows = Float64Array.of(1, 1, 2, 1, nan, 1, 2, nan)

  test('give the sum of their features, and the plain value where one is missing', () => {
    const model = readLightgbm(lightgbmText({ trees: [stump(2, '1.5', terms)] }))
    expect([...model.predict(rows, 4)]).toEqual([12, 30, -1, 1])
  })

  test('of one leaf have a sum too, and stand beside trees that are not linear', () => {
    const linearLeaf = `${leaf('7')}is_linear=1\nleaf_const=5\nnum_features=1\nleaf_features=1 \nleaf_coeff=2 \n`
    const model = readLightgbm(lightgbmText({ trees: [stump(), linearLeaf, stump()] }))
    expect([...model.predict(rows, 4)]).toEqual([5, 9, 5, 9])
  })

  test('without features have their constant', () => {
    const constant = `${leaf('7')}is_linear=1\nleaf_const=5\nnum_features=0\nleaf_features= \nleaf_coeff= \n`
    expect(predict({ trees: [constant] }, [1])).toEqual([5])
  })

  test('that ask for a feature that is not there are refused', () => {
    const wrong = terms.replace('leaf_features=0  0 1', 'leaf_features=0  0 2')
    const error = errorOf(() => readLightgbm(lightgbmText({ trees: [stump(2, '1.5', wrong)] })))
    expect(error.message).toContain('feature 2')
  })
})

describe('objectives', () => {
  const transformed = (objective: string | undefined, trees: readonly string[], outputs = 1) =>
    predict({ objective, trees, outputs }, [0])
  const close = (value: number) => expect.closeTo(value, 14)

  test.each([
    ['binary sigmoid:1', 2, 1 / (1 + Math.exp(-2))],
    ['binary sigmoid:0.5', 2, 1 / (1 + Math.exp(-1))],
    ['regression', 2, 2],
    ['regression sqrt', -3, -9],
    ['regression_l1 sqrt', 3, 9],
    ['quantile', 3, 3],
    ['huber sqrt', 3, 3],
    ['mape', 3, 3],
    ['poisson', 2, Math.exp(2)],
    ['gamma', 2, Math.exp(2)],
    ['tweedie', 2, Math.exp(2)],
    ['cross_entropy', 2, 1 / (1 + Math.exp(-2))],
    ['cross_entropy_lambda', 2, Math.log1p(Math.exp(2))],
    ['lambdarank', 2, 2],
    ['rank_xendcg', 2, 2],
    ['custom', 2, 2],
    [undefined, 2, 2],
  ])('%s turns %d into %d', (objective, margin, expected) => {
    expect(transformed(objective, [leaf(String(margin))])).toEqual([close(expected)])
  })

  test('multiclass is softmax', () => {
    const sum = 1 + Math.exp(1)
    const found = transformed('multiclass num_class:2', [leaf('1'), leaf('2')], 2)
    expect(found).toEqual([close(1 / sum), close(Math.exp(1) / sum)])
  })

  test('multiclassova has a sigmoid for each class', () => {
    const found = transformed('multiclassova num_class:2 sigmoid:2', [leaf('1'), leaf('-1')], 2)
    expect(found).toEqual([close(1 / (1 + Math.exp(-2))), close(1 / (1 + Math.exp(2)))])
  })

  test.each([undefined, 'custom', 'lambdarank'])('%s gives margins, and says so', (objective) => {
    const { output } = readLightgbm(lightgbmText({ objective })).facts
    expect(output.kind).toBe('margin')
  })

  test.each([
    ['mystery', 'unsupported_model'],
    ['binary sigmoid:x', 'invalid_file'],
    ['multiclass num_class:3', 'invalid_file'],
  ])('%s is refused', (objective, code) => {
    const error = errorOf(() => readLightgbm(lightgbmText({ objective })))
    expect(error.code).toBe(code)
    expect(error.facts.line).toBe(7)
  })
})

describe('random forests', () => {
  const forest = { header: 'average_output\n', trees: [leaf('1'), leaf('2')] }

  test('predict the mean, transformed; the margin is the sum', () => {
    const model = readLightgbm(lightgbmText({ ...forest, objective: 'poisson' }))
    expect([...model.predictMargin(Float64Array.of(0, 0), 1)]).toEqual([3])
    expect([...model.predict(Float64Array.of(0, 0), 1)]).toEqual([Math.exp(1.5)])
  })

  test('of version v2 are refused, because they mean two things', () => {
    const error = errorOf(() => readLightgbm(lightgbmText({ ...forest, version: 'v2' })))
    expect(error.code).toBe('unsupported_model')
  })
})

describe('versions', () => {
  test.each(['v2', 'v3', 'v4'])('%s is read', (version) => {
    expect(predict({ version }, [1, 2])).toEqual([-1, 1])
  })

  test('2.1 had no line behind its trees', () => {
    const old = lightgbmText({ version: 'v2', end: '' }).replace(
      'feature_importances',
      'feature importances',
    )
    expect([...readLightgbm(old).predict(Float64Array.of(1, 0), 1)]).toEqual([-1])
  })

  test.each(['v1', 'v5', ''])('%j is refused', (version) => {
    const error = errorOf(() => readLightgbm(lightgbmText({ version })))
    expect(['unsupported_model', 'invalid_file']).toContain(error.code)
  })

  test('line ends of Windows are read', () => {
    const text = lightgbmText().replaceAll('\n', '\r\n')
    expect([...readTrees(text).predict(Float64Array.of(2, 0), 1)]).toEqual([1])
  })
})

describe('what a file says', () => {
  test('features have their names', () => {
    const model = readLightgbm(lightgbmText({ names: 'größe x=y' }))
    expect(model.features.map(({ name }) => name)).toEqual(['größe', 'x=y'])
  })

  test('a name that two features have is warned of', () => {
    expect(readLightgbm(lightgbmText({ names: 'a a' })).facts.warnings).toHaveLength(1)
  })

  const pandas = (lists: string, model: SmallLightgbm = {}) =>
    readLightgbm(
      lightgbmText(model).replace('pandas_categorical:null', `pandas_categorical:${lists}`),
    )

  test('the lists of pandas belong to the categorical columns in their order', () => {
    const model = pandas('[["x", "y"], [10, 2.5, true]]', { infos: '-1:0:1 2:0:1' })
    expect(model.features.map(({ categories }) => categories)).toEqual([
      ['x', 'y'],
      [10, 2.5, true],
    ])
    expect(model.categoryCode(1, 2.5)).toBe(1)
    expect(model.facts.warnings).toEqual([])
  })

  test('a categorical column that no tree could use is found by the parameters', () => {
    const model = pandas('[["x"], ["u", "v"]]', {
      infos: 'none -1:0:1',
      tail: '[categorical_feature: 0,1]\n',
    })
    expect(model.features[1].categories).toEqual(['u', 'v'])
  })

  test('lists that cannot be told apart are left out, with a warning', () => {
    const model = pandas('[["x"], ["u", "v"]]', { infos: '[0:3] -1:0:1' })
    expect(model.features[1]).toEqual({ name: 'b', type: 'category' })
    expect(model.facts.warnings).toHaveLength(1)
  })

  test('options of XGBoost are refused', () => {
    expect(errorOf(() => readTrees(lightgbmText(), { missing: 'zero' })).facts.option).toBe(
      'missing',
    )
  })
})

describe('files that contradict themselves', () => {
  const broken: Readonly<Record<string, string>> = {
    'a name too few': lightgbmText({ names: 'a' }),
    'an information too many': lightgbmText({ infos: 'none none none' }),
    'a tree too few': lightgbmText().replace('tree_sizes=100', 'tree_sizes=100 100'),
    'trees that cannot be shared out': lightgbmText({
      outputs: 2,
      objective: 'multiclass num_class:2',
    }),
    'no tree': lightgbmText({ trees: [] }),
    'no end': lightgbmText().split('end of trees')[0],
    'no end of the parameters': lightgbmText().split('end of parameters')[0],
    'the trees out of order': lightgbmText({ trees: [stump(), stump()] }).replace(
      'Tree=1',
      'Tree=2',
    ),
    'a billion leaves': lightgbmText().replace('num_leaves=2', 'num_leaves=1000000000'),
    'a billion features': lightgbmText().replace('max_feature_idx=1', 'max_feature_idx=1000000000'),
    'a billion classes': lightgbmText().replaceAll('=1\nlabel', '=1000000000\nlabel'),
    'a child that is its own parent': lightgbmText().replace('left_child=-1', 'left_child=0'),
    'a leaf twice': lightgbmText().replace('right_child=-2', 'right_child=-1'),
    'a leaf that is not there': lightgbmText().replace('right_child=-2', 'right_child=-3'),
    'a feature that is not there': lightgbmText().replace('split_feature=0', 'split_feature=2'),
    'a threshold that is no number': lightgbmText({ trees: [stump(2, 'nan')] }),
    'a threshold of text': lightgbmText({ trees: [stump(2, '1.5x')] }),
    'a leaf that is not finite': lightgbmText({ trees: [leaf('inf')] }),
    'a missing type of 3': lightgbmText({ trees: [stump(14)] }),
    'half a list of pandas': lightgbmText().replace(
      'pandas_categorical:null',
      'pandas_categorical:[["a"',
    ),
  }

  test.each(Object.entries(broken))('%s', (_, text) => {
    const error = errorOf(() => readLightgbm(text))
    expect(error.code).toBe('invalid_file')
    expect(error.message).toMatch(/\.$/)
  })
})
