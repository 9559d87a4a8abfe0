import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readTrees, TreesError } from '../src/index.ts'
import { fixtureBytes, fixtureNames, optionsOf } from './fixtures.ts'
import { lightgbmText } from './lightgbm-model.ts'
import { toUbjson } from './to-ubjson.ts'
import { stump, xgboostObject, xgboostText } from './xgboost-model.ts'

/** Reads what may be broken. The answer is an error of this package, or a model that answers. */
const tryOut = (bytes: Uint8Array, options: object): TreesError | undefined => {
  try {
    const model = readTrees(bytes, options)
    const width = model.facts.featureCount
    if (width > 1000) return undefined
    const rows = Float64Array.from({ length: 3 * width }, (_, i) => [0, 7.5, Number.NaN][i % 3])
    expect(model.predict(rows, 3)).toHaveLength(3 * model.facts.outputs)
    expect(model.features).toHaveLength(width)
    return undefined
  } catch (error) {
    if (!(error instanceof TreesError)) throw error
    expect(error.message).toMatch(/[.!]$/)
    return error
  }
}

const tried = fixtureNames.map((name) => ({
  name,
  bytes: fixtureBytes(name),
  options: optionsOf(name),
}))
const join = (...pieces: readonly Uint8Array[]) => Uint8Array.from(Buffer.concat(pieces))
const step = (bytes: Uint8Array) => Math.max(1, Math.floor(bytes.length / 150))

describe.each(tried)('$name', ({ name, bytes, options }) => {
  // What stands behind the trees of a LightGBM file is not needed to predict.
  const needed = name.endsWith('.txt')
    ? new TextDecoder('latin1').decode(bytes).indexOf('end of trees')
    : bytes.length - 1

  test('cut anywhere, it is refused', () => {
    for (let end = 0; end < needed; end += step(bytes)) {
      const error = tryOut(bytes.subarray(0, end), options)
      expect(error, `cut at ${end}`).toBeInstanceOf(TreesError)
    }
    for (let end = needed; end < bytes.length; end += step(bytes))
      tryOut(bytes.subarray(0, end), options)
  })

  test('with flipped bytes it is refused, or answers', () => {
    const flip = fc.record({ at: fc.nat(bytes.length - 1), to: fc.nat(255) })
    fc.assert(
      fc.property(fc.array(flip, { minLength: 1, maxLength: 3 }), (flips) => {
        const copy = bytes.slice()
        for (const { at, to } of flips) copy[at] = to
        tryOut(copy, options)
      }),
      { numRuns: 60 },
    )
  })

  test('with pieces taken out, doubled or exchanged it is refused, or answers', () => {
    const place = fc.nat(bytes.length - 1)
    fc.assert(
      fc.property(place, place, place, (a, b, c) => {
        const [first, second] = [Math.min(a, b), Math.max(a, b)]
        const piece = bytes.subarray(first, Math.min(second, first + 200))
        tryOut(join(bytes.subarray(0, c), piece, bytes.subarray(c)), options)
        tryOut(join(bytes.subarray(0, first), bytes.subarray(first + piece.length)), options)
      }),
      { numRuns: 15 },
    )
  })
})

describe('small files, at each of their bytes', () => {
  const files: Readonly<Record<string, Uint8Array>> = {
    json: new TextEncoder().encode(xgboostText()),
    ubjson: toUbjson(xgboostObject(), (name) => (name === 'left_children' ? 'l' : undefined)),
    text: new TextEncoder().encode(lightgbmText().split('feature_importances')[0]),
  }

  test.each(Object.entries(files))('%s is refused when cut', (name, bytes) => {
    const end =
      name === 'text' ? bytes.length - '\n'.length * 2 - 'end of trees'.length : bytes.length
    for (let i = 0; i < end; i++) {
      expect(tryOut(bytes.subarray(0, i), {}), `cut at ${i}`).toBeInstanceOf(TreesError)
    }
  })

  test.each(Object.entries(files))(
    '%s is refused, or answers, when a byte is another',
    (_, bytes) => {
      const copy = bytes.slice()
      for (let i = 0; i < bytes.length; i++) {
        for (const to of [0, 34, 44, 45, 48, 57, 76, 78, 91, 93, 123, 127, 128, 255]) {
          copy[i] = to
          tryOut(copy, {})
        }
        copy[i] = bytes[i]
      }
    },
  )
})

const random = (seed: number, length: number) => {
  let state = seed
  return Uint8Array.from({ length }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state >>> 24
  })
}

test('garbage behind a good beginning is refused', () => {
  for (const start of ['tree\nversion=v4\n', '{"learner":{', '{L\0\0\0\0\0\0\0\x07learner{']) {
    for (let seed = 0; seed < 50; seed++) {
      const head = Uint8Array.from(start, (character) => character.charCodeAt(0))
      const error = tryOut(Uint8Array.from([...head, ...random(seed, 200)]), {})
      expect(error).toBeInstanceOf(TreesError)
    }
  }
})

describe('trees that are none', () => {
  const withTree = (change: object) => xgboostText({ trees: [{ ...stump, ...change }] })

  test.each([
    ['a node that is its own child', { left: [0, -1, -1] }, 0],
    ['a node above itself', { left: [1, 0, -1], right: [2, 2, -1] }, 1],
    ['two ways to one node', { right: [1, -1, -1] }, 0],
    ['a child that is not there', { right: [3, -1, -1] }, 0],
    ['no right child', { right: [-1, -1, -1] }, 0],
    ['a feature below 0', { features: [-1, 0, 0] }, 0],
    ['a leaf that is not finite', { conditions: [1.5, Number.POSITIVE_INFINITY, 1] }, 1],
  ])('%s is refused with the node', (_, change, node) => {
    const error = tryOut(new TextEncoder().encode(withTree(change)), {})
    expect(error?.facts).toEqual({ tree: 0, node })
  })

  test.each([
    ['a feature that is not there', withTree({ features: [2, 0, 0] })],
    ['an array too short', withTree({ conditions: [1.5, -1] })],
    ['no node', withTree({ left: [], right: [], features: [], conditions: [], missingLeft: [] })],
    ['another number of nodes', withTree({ extra: { tree_param: { num_nodes: '4' } } })],
    ['an output that is not there', xgboostText({ info: [1] })],
    [
      'trees twice',
      xgboostText()
        .replace('"name":"gbtree"', '"model":{"trees":[]},"name":"gbtree"')
        .replace('"trees":[]', '"trees":[{}]'),
    ],
    ['no trees', xgboostText({ trees: [] })],
  ])('%s is refused', (_, text) => {
    expect(tryOut(new TextEncoder().encode(text), {})?.code).toBe('invalid_file')
  })
})

describe('counts that promise more than the file holds', () => {
  const huge = '999999999'
  const texts = {
    features: xgboostText({ features: 999_999_999 }),
    classes: xgboostText({ classes: 999_999_999, objective: 'multi:softprob' }),
    targets: xgboostText({ targets: 999_999_999 }),
    'nodes of a tree': xgboostText({
      trees: [{ ...stump, extra: { tree_param: { num_nodes: huge } } }],
    }),
    'values of a leaf': xgboostText({ trees: [{ ...stump, leafWidth: 999_999_999 }] }),
    leaves: lightgbmText().replace('num_leaves=2', `num_leaves=${huge}`),
    categories: lightgbmText().replace('num_cat=0', `num_cat=${huge}`),
  }

  test.each(Object.entries(texts))('%s', (_, text) => {
    expect(tryOut(new TextEncoder().encode(text), {})?.code).toBe('invalid_file')
  })

  test('the counts of UBJSON', () => {
    const bytes = toUbjson(xgboostObject(), (name) => (name === 'left_children' ? 'l' : undefined))
    // Each byte of each length becomes the largest one in turn.
    for (let at = 0; at + 8 < bytes.length; at++) {
      if (bytes[at] !== 76) continue
      for (let i = 1; i <= 8; i++) {
        const copy = bytes.slice()
        copy[at + i] = 127
        tryOut(copy, {})
      }
    }
  })
})

test.each([
  ['arrays', '{"learner":'.concat('['.repeat(100_000))],
  ['objects', '{"a":'.repeat(100_000)],
  ['boosters', `{"learner":{"gradient_booster":${'{"gbtree":'.repeat(100_000)}`],
  ['UBJSON', `{i\x01a${'['.repeat(100_000)}`],
])('deep nests of %s are refused', (_, text) => {
  const bytes = Uint8Array.from(text, (character) => character.charCodeAt(0))
  expect(tryOut(bytes, {})).toBeInstanceOf(TreesError)
})

test('a tree as deep as it has splits is read and evaluated', () => {
  const splits = 50_000
  const size = 2 * splits + 1
  const tree = {
    left: Array.from({ length: size }, (_, i) => (i < splits ? splits + i : -1)),
    right: Array.from({ length: size }, (_, i) =>
      i < splits ? (i + 1 < splits ? i + 1 : size - 1) : -1,
    ),
    features: Array.from({ length: size }, () => 0),
    conditions: Array.from({ length: size }, (_, i) => i),
  }
  const model = readTrees(xgboostText({ trees: [tree] }))
  expect([...model.predict(Float64Array.of(1e9, 0, 9.5, 0), 2)]).toEqual([size - 1, splits + 10])
})
