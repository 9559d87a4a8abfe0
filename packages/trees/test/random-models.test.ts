import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readLightgbm, readXgboost } from '../src/index.ts'
import { lightgbmText } from './lightgbm-model.ts'
import { toUbjson } from './to-ubjson.ts'
import { type SmallTree, xgboostObject, xgboostText } from './xgboost-model.ts'

// Trees of any form against the simplest way to evaluate them: from the root, one row, one tree at a time.

const FEATURES = 2
const CATEGORIES = 40

/** A value near the thresholds, so that equality, NaN and zero are met often. */
const value = fc.constantFrom(-1, -0, 0, 0.1, 0.5, 1, 1.5, 2, 3, 31, 32, 39, 40, Number.NaN)

interface Split {
  readonly feature: number
  readonly threshold: number
  readonly missingLeft: boolean
  readonly categories: readonly number[] | undefined
  readonly left: Tree
  readonly right: Tree
}
type Tree = number | Split

const { tree } = fc.letrec<{ tree: Tree; split: Split; leaf: number }>((tie) => ({
  leaf: fc.integer({ min: -8, max: 8 }).map((eighths) => eighths / 8),
  split: fc.record({
    feature: fc.nat(FEATURES - 1),
    threshold: fc.constantFrom(-1, 0, 0.1, 0.5, 1, 1.5, 2),
    missingLeft: fc.boolean(),
    categories: fc.option(fc.uniqueArray(fc.nat(CATEGORIES - 1), { minLength: 1, maxLength: 6 }), {
      nil: undefined,
      freq: 3,
    }),
    left: tie('tree'),
    right: tie('tree'),
  }),
  tree: fc.oneof({ depthSize: 'small', withCrossShrink: true }, tie('leaf'), tie('split')),
}))

const rowCount = fc.constantFrom(1, 2, 63, 64, 65, 200)
const rowsFor = (count: number) =>
  fc.array(value, { minLength: count * FEATURES, maxLength: count * FEATURES })
const models = fc.record({
  trees: fc.array(tree, { minLength: 1, maxLength: 8 }),
  rows: rowCount.chain(rowsFor),
})

/** In the order in which the nodes are met, parents first. */
const flatten = (root: Tree) => {
  const nodes = [root]
  const children: number[] = []
  for (let i = 0; i < nodes.length; i++) {
    const node = nodes[i]
    children.push(typeof node === 'number' ? -1 : nodes.length)
    if (typeof node !== 'number') nodes.push(node.left, node.right)
  }
  return { nodes, children }
}

const toXgboost = (root: Tree): SmallTree => {
  const { nodes, children } = flatten(root)
  const splits = nodes.map((node) => (typeof node === 'number' ? undefined : node))
  const sets = splits.flatMap((split, node) =>
    split?.categories === undefined ? [] : [{ node, categories: split.categories }],
  )
  return {
    left: children,
    right: children.map((child) => (child < 0 ? -1 : child + 1)),
    features: splits.map((split) => split?.feature ?? 0),
    conditions: nodes.map((node) => {
      if (typeof node === 'number') return node
      return node.categories === undefined ? node.threshold : Number.NaN
    }),
    missingLeft: splits.map((split) => Number(split?.missingLeft ?? false)),
    extra: {
      split_type: splits.map((split) => Number(split?.categories !== undefined)),
      categories: sets.flatMap(({ categories }) => categories),
      categories_nodes: sets.map(({ node }) => node),
      categories_segments: sets.map((_, i) =>
        sets.slice(0, i).reduce((sum, { categories }) => sum + categories.length, 0),
      ),
      categories_sizes: sets.map(({ categories }) => categories.length),
    },
  }
}

const xgboostLeaf = (root: Tree, row: readonly number[]): number => {
  if (typeof root === 'number') return root
  const x = Math.fround(row[root.feature])
  const isLeft = () => {
    if (Number.isNaN(x)) return root.missingLeft
    if (root.categories === undefined) return x < Math.fround(root.threshold)
    return x < 0 || !root.categories.includes(Math.trunc(x))
  }
  return xgboostLeaf(isLeft() ? root.left : root.right, row)
}

const toLightgbm = (root: Tree): string => {
  const splits: Split[] = []
  const leaves: number[] = []
  const numbers = new Map<Tree, number>()
  const visit = (node: Tree): number => {
    if (typeof node === 'number') return -leaves.push(node)
    const index = splits.push(node) - 1
    numbers.set(node, index)
    return index
  }
  const children: [number, number][] = []
  visit(root)
  for (let i = 0; i < splits.length; i++)
    children.push([visit(splits[i].left), visit(splits[i].right)])
  const sets = splits.flatMap(({ categories }) => (categories === undefined ? [] : [categories]))
  const words = sets.map((categories) =>
    [0, 32].map((first) =>
      categories.reduce(
        (bits, category) =>
          bits + (category >= first && category < first + 32 ? 2 ** (category - first) : 0),
        0,
      ),
    ),
  )
  let set = 0
  const lines = {
    num_leaves: leaves.length,
    num_cat: sets.length,
    split_feature: splits.map(({ feature }) => feature).join(' '),
    threshold: splits
      .map(({ threshold, categories }) => (categories === undefined ? threshold : set++))
      .join(' '),
    decision_type: splits
      .map(({ missingLeft, categories }) =>
        categories === undefined ? 8 + 2 * Number(missingLeft) : 9,
      )
      .join(' '),
    left_child: children.map(([left]) => left).join(' '),
    right_child: children.map(([, right]) => right).join(' '),
    leaf_value: leaves.join(' '),
    ...(sets.length === 0
      ? {}
      : {
          cat_boundaries: [0, ...sets.map((_, i) => 2 * i + 2)].join(' '),
          cat_threshold: words.flat().join(' '),
        }),
  }
  return Object.entries(lines)
    .map(([name, text]) => `${name}=${text}\n`)
    .join('')
}

const lightgbmLeaf = (root: Tree, row: readonly number[]): number => {
  if (typeof root === 'number') return root
  const x = row[root.feature]
  const isLeft = () => {
    if (root.categories !== undefined) return root.categories.includes(Math.trunc(x) + 0)
    return Number.isNaN(x) ? root.missingLeft : x <= root.threshold
  }
  return lightgbmLeaf(isLeft() ? root.left : root.right, row)
}

const marginsBy = (leafOf: typeof xgboostLeaf, trees: readonly Tree[], rows: readonly number[]) =>
  Array.from({ length: rows.length / FEATURES }, (_, i) => {
    const row = rows.slice(i * FEATURES, (i + 1) * FEATURES)
    return trees.reduce<number>((sum, root) => sum + leafOf(root, row), 0)
  })

describe('any trees give what one gets by walking them', () => {
  test('of XGBoost, from JSON and from UBJSON', () => {
    fc.assert(
      fc.property(models, fc.boolean(), ({ trees, rows }, typed) => {
        const small = { trees: trees.map(toXgboost) }
        const count = rows.length / FEATURES
        const expected = marginsBy(xgboostLeaf, trees, rows)
        const json = readXgboost(xgboostText(small))
        expect([...json.predictMargin(Float64Array.from(rows), count)]).toEqual(expected)
        expect([...json.predictMargin(Float32Array.from(rows), count)]).toEqual(expected)
        const types: Readonly<Record<string, string>> = {
          left_children: 'l',
          split_conditions: 'd',
          default_left: 'U',
          categories_segments: 'L',
        }
        const bytes = toUbjson(xgboostObject(small), (name) => (typed ? types[name] : undefined))
        expect([...readXgboost(bytes).predictMargin(Float64Array.from(rows), count)]).toEqual(
          expected,
        )
      }),
      { numRuns: 300 },
    )
  })

  test('of LightGBM', () => {
    fc.assert(
      fc.property(models, ({ trees, rows }) => {
        const model = readLightgbm(lightgbmText({ trees: trees.map(toLightgbm) }))
        const margins = model.predictMargin(Float64Array.from(rows), rows.length / FEATURES)
        expect([...margins]).toEqual(marginsBy(lightgbmLeaf, trees, rows))
      }),
      { numRuns: 300 },
    )
  })
})

test('rows so wide that a block has one are evaluated the same', () => {
  const features = 40_000
  const trees = [
    {
      left: [1, -1, -1],
      right: [2, -1, -1],
      features: [features - 1, 0, 0],
      conditions: [0.5, -1, 1],
    },
  ]
  const model = readXgboost(xgboostText({ trees, features }))
  const rows = new Float32Array(3 * features)
  rows[2 * features - 1] = 1
  rows[3 * features - 1] = Number.NaN
  expect([...model.predict(rows, 3)]).toEqual([-1, 1, 1])
})
