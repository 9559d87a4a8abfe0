import type { Batch, ModelOptions } from '@dsapi/inference'
import { describe, expect, test } from 'vitest'
import { buildModel, floatTensor, tensor } from '../../test/build-model.ts'
import { engineFor } from '../../test/engines.ts'
import { loadModel } from '../compute/load-model.ts'
import { importEngine } from '../engines/import-engine.ts'

type Built = Parameters<typeof buildModel>[0]

const engine = await importEngine(engineFor('wasm'))

/** Two features x, and two probabilities p, which are their softmax. */
const network = {
  inputs: [['x', 'float32', 'n', 2]],
  nodes: [{ operator: 'Softmax', inputs: ['x'], outputs: ['p'] }],
  initializers: [
    tensor('classes', ['cat', 'dog']),
    tensor('flat', [1]),
    tensor('0', [0], []),
    tensor('1', [1], []),
  ],
} as const satisfies Partial<Built>

/** The place of the largest probability, [n]. */
const argMax = {
  operator: 'ArgMax',
  inputs: ['p'],
  outputs: ['place'],
  attributes: { axis: 1, keepdims: 0 },
}
/** Its name, of the constant `classes`, [1, n]. */
const pick = {
  operator: 'ArrayFeatureExtractor',
  domain: 'ai.onnx.ml',
  inputs: ['classes', 'place'],
  outputs: ['picked'],
} as const
const flatten = {
  operator: 'Flatten',
  inputs: ['picked'],
  outputs: ['label'],
  attributes: { axis: 2 },
}
const column = (k: '0' | '1') => ({
  operator: 'Gather',
  inputs: ['p', k],
  outputs: [`p${k}`],
  attributes: { axis: 1 },
})

const load = (
  nodes: Built['nodes'],
  outputs: Built['outputs'],
  options: ModelOptions = {},
  initializers: Built['initializers'] = [],
) =>
  loadModel(
    engine,
    buildModel({
      ...network,
      nodes: [...network.nodes, ...nodes],
      initializers: [...network.initializers, ...initializers],
      outputs,
    }),
    options,
  )

/** One row, of which the second class is the more probable one: 1 / (1 + e). */
const row: Batch = { nRows: 1, numbers: Float64Array.of(0, 1), texts: [] }
const second = 1 / (1 + Math.exp(-1))

const float = (value: number) => expect.closeTo(value, 6)

const label = ['label', 'string', 'n', 1] as const
const place = ['place', 'int64', 'n'] as const
const matrix = ['p', 'float32', 'n', 2] as const

describe('classes', () => {
  test('of a label and a matrix have the names of the constant that the label is picked of', async () => {
    const { hello, predict } = await load([argMax, pick, flatten], [label, matrix])
    expect(hello.info.output).toEqual({ type: 'classes', classes: ['cat', 'dog'] })
    expect(await predict(row)).toMatchObject({ predicted: Uint32Array.of(1) })
  })

  test('of a label and a column for each class are in the order of the outputs', async () => {
    const nodes = [argMax, pick, flatten, column('0'), column('1')]
    const columns = [['p0', 'float32', 'n'] as const, ['p1', 'float32', 'n'] as const]
    const { hello, predict } = await load(nodes, [label, ...columns])
    expect(hello.info.output).toEqual({ type: 'classes', classes: ['cat', 'dog'] })
    const answer = await predict(row)
    expect(answer.type === 'classes' && [...answer.probabilities]).toEqual([
      float(1 - second),
      float(second),
    ])
  })

  test('are numbered where nothing names them', async () => {
    const { hello } = await load([argMax], [place, matrix])
    expect(hello.info.output).toEqual({ type: 'classes', classes: [0, 1] })
  })

  test('take their names of the options, in the order of the probabilities', async () => {
    const options = { classes: ['no', 'yes'] }
    const { hello, predict } = await load([argMax], [place, matrix], options)
    expect(hello.info.output).toEqual({ type: 'classes', classes: ['no', 'yes'] })
    expect(await predict(row)).toMatchObject({ predicted: Uint32Array.of(1) })
  })

  test('are what the label says, also where another is more probable', async () => {
    // The second class from a probability of 0.9 on.
    const isOver = { operator: 'Greater', inputs: ['p1', 'threshold'], outputs: ['over'] }
    const toLabel = {
      operator: 'Cast',
      inputs: ['over'],
      outputs: ['place'],
      attributes: { to: 7 },
    }
    const nodes = [column('1'), isOver, toLabel]
    const threshold = [floatTensor('threshold', [0.9], [])]
    const { predict } = await load(nodes, [place, matrix], {}, threshold)
    expect(await predict(row)).toMatchObject({ predicted: Uint32Array.of(0) })
  })

  test('follow from a softmax without a label', async () => {
    const { hello, predict } = await load([], [matrix])
    expect(hello.info.output).toEqual({ type: 'classes', classes: [0, 1] })
    expect(await predict(row)).toMatchObject({ predicted: Uint32Array.of(1) })
  })

  test('of one column are two, where the options name two', async () => {
    const outputs = [['p1', 'float32', 'n'] as const]
    const { predict } = await load([column('1')], outputs, { classes: ['no', 'yes'] })
    const answer = await predict(row)
    expect(answer.type === 'classes' && [...answer.probabilities]).toEqual([
      float(1 - second),
      float(second),
    ])
  })
})

test('constants that are something else are not taken for the classes', async () => {
  const shift = { operator: 'Gather', inputs: ['sizes', 'place'], outputs: ['shifted'] }
  const outputs = [['shifted', 'int64', 'n'] as const, matrix]
  const { hello } = await load([argMax, shift], outputs, {}, [tensor('sizes', [0, 1, 7])])
  expect(hello.info.output).toEqual({ type: 'classes', classes: [0, 1] })
})

describe('values', () => {
  const scores = {
    operator: 'Mul',
    inputs: ['x', 'ten'],
    outputs: ['scores'],
  }
  const ten = [floatTensor('ten', [10], [])]
  const decisions = ['scores', 'float32', 'n', 2] as const

  test('are the scores beside a label, where they are chosen', async () => {
    const options = { outputName: 'scores' }
    const { hello, predict } = await load([argMax, scores], [place, decisions], options, ten)
    expect(hello.info.output).toEqual({ type: 'values', names: ['scores_0', 'scores_1'] })
    expect(await predict(row)).toMatchObject({ values: Float64Array.of(0, 10) })
  })

  test('are not taken for probabilities beside a label', async () => {
    const loading = load([argMax, scores], [place, decisions], {}, ten)
    await expect(loading).rejects.toThrow(/holds no probabilities.*option outputName scores/)
  })

  test('are those of an output whose width only a run shows', async () => {
    const outputs = [['scores', 'float32', 'n', 'k'] as const]
    const { hello } = await load([scores], outputs, {}, ten)
    expect(hello.info.output).toEqual({ type: 'values', names: ['scores_0', 'scores_1'] })
  })

  test('are numbers that no probabilities go with', async () => {
    const { hello, predict } = await load([argMax], [place])
    expect(hello.info.output).toEqual({ type: 'values', names: ['place'] })
    expect(hello.info.warnings).toContainEqual(expect.stringContaining('answered as a value'))
    expect(await predict(row)).toMatchObject({ values: Float64Array.of(1) })
  })
})

describe('refused with what to do:', () => {
  const named = {
    operator: 'LabelEncoder',
    domain: 'ai.onnx.ml',
    inputs: ['place'],
    outputs: ['label'],
    attributes: { keys_int64s: [0, 1], values_strings: ['cat', 'dog'] },
  } as const
  const name = ['label', 'string', 'n'] as const

  test.each<[string, Built['nodes'], Built['outputs'], ModelOptions, string]>([
    [
      'an output that is not there',
      [],
      [matrix],
      { outputName: 'q' },
      "has no output 'q'; its outputs are 'p'",
    ],
    [
      'classes that are too many',
      [],
      [matrix],
      { classes: ['a', 'b', 'c'] },
      'has 3 names, but the model has 2',
    ],
    ['classes of one name', [], [matrix], { classes: ['a', 'a'] }, 'the same name'],
    ['classes of values', [argMax], [place], { classes: ['a', 'b'] }, 'leave it out'],
    [
      'a label of text whose classes are not listed',
      [argMax, named],
      [name, matrix],
      {},
      'option classes',
    ],
    ['a label of text alone', [argMax, named], [name], {}, 'expected probabilities'],
    ['two labels', [argMax, named], [place, name, matrix], {}, 'several labels at once'],
    ['margins', [], [matrix], { output: 'margin' }, 'option outputName'],
    ['a choice of trees', [], [matrix], { trees: 'all' }, 'not for ONNX files'],
  ])('%s', async (_, nodes, outputs, options, message) => {
    await expect(load(nodes, outputs, options)).rejects.toThrow(message)
  })

  test('outputs whose rows are not along the first axis', async () => {
    const stack = {
      operator: 'Transpose',
      inputs: ['p'],
      outputs: ['stacked'],
      attributes: { perm: [1, 0] },
    }
    const loading = load([stack], [['stacked', 'float32', 2, 'n']])
    await expect(loading).rejects.toThrow('has the shape [2, 1] for one row')
  })

  test('a class that was not expected', async () => {
    const options = { classes: ['kitten', 'puppy'] }
    const { predict } = await load([argMax, named], [name, matrix], options)
    await expect(predict(row)).rejects.toThrow(
      /the class "dog", but its classes are "kitten", "puppy"/,
    )
  })

  test('answers that are not one for each row', async () => {
    const fixed = {
      operator: 'ReduceMean',
      inputs: ['p'],
      outputs: ['mean'],
      attributes: { axes: [0] },
    }
    const { predict } = await load([fixed], [['mean', 'float32', 1, 2]])
    const rows = { nRows: 3, numbers: new Float64Array(6), texts: [] }
    await expect(predict(rows)).rejects.toThrow(/has the shape \[1, 2\]; expected 6 elements/)
  })
})

test('zeros are missing where the options say so', async () => {
  const isMissing = { operator: 'IsNaN', inputs: ['x'], outputs: ['missing'] }
  const asNumber = {
    operator: 'Cast',
    inputs: ['missing'],
    outputs: ['count'],
    attributes: { to: 1 },
  }
  const { predict } = await load([isMissing, asNumber], [['count', 'float32', 'n', 2]], {
    missing: 'zero',
  })
  expect(await predict(row)).toMatchObject({ values: Float64Array.of(1, 0) })
})

test('a model of float64 computes with float64', async () => {
  const bytes = buildModel({
    inputs: [['x', 'float64', 'n', 1]],
    outputs: [['y', 'float64', 'n', 1]],
    nodes: [{ operator: 'Identity', inputs: ['x'], outputs: ['y'] }],
  })
  const { hello, predict } = await loadModel(engine, bytes, {})
  expect(hello.info.precision).toBe('float64')
  const answer = await predict({ nRows: 1, numbers: Float64Array.of(0.1), texts: [] })
  expect(answer).toMatchObject({ values: Float64Array.of(0.1) })
})
