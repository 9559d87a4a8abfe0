import { describe, expect, test } from 'vitest'
import { buildGraph, buildModel, tensor } from '../../test/build-model.ts'
import { fixtureBytes } from '../../test/fixtures.ts'
import { readOnnxFile } from '../file/read-onnx-file.ts'
import { planInputs } from './plan-inputs.ts'

type Built = Parameters<typeof buildModel>[0]

const nullable = (bytes: Uint8Array) =>
  planInputs(readOnnxFile(bytes), {}).features.map((feature) => feature.nullable)
const built = (nodes: Built['nodes'], more: Partial<Built> = {}) =>
  nullable(
    buildModel({
      nodes,
      inputs: [['x', 'float32', 'n', 2]],
      outputs: [['y', 'float32', 'n', 1]],
      ...more,
    }),
  )

const node = (operator: string, inputs: readonly string[], outputs: readonly string[]) => ({
  operator,
  inputs,
  outputs,
})
const imputer = (replaced: number) => ({
  ...node('Imputer', ['x'], ['v']),
  attributes: { replaced_value_float: { float: replaced } },
})

describe('numbers may be missing', () => {
  test('for a pipeline with an imputer; texts may not', () => {
    expect(nullable(fixtureBytes('pipeline-mixed'))).toEqual([true, true, false, false])
  })

  test('for trees', () => {
    expect(nullable(fixtureBytes('gbc100-breast'))).not.toContain(false)
  })

  test('for trees behind a scaler', () => {
    const nodes = [node('Scaler', ['x'], ['v']), node('TreeEnsembleRegressor', ['v'], ['y'])]
    expect(built(nodes)).toEqual([true, true])
  })

  test('for a network that looks for NaN', () => {
    const nodes = [
      node('IsNaN', ['x'], ['m']),
      node('Where', ['m', 'zero', 'x'], ['v']),
      node('MatMul', ['v', 'w'], ['y']),
    ]
    expect(built(nodes)).toEqual([true, true])
  })

  test('for those columns alone that go to an imputer', () => {
    const nodes = [
      node('Gather', ['x', 'first'], ['a']),
      node('Gather', ['x', 'second'], ['b']),
      { ...imputer(Number.NaN), inputs: ['a'] },
      node('Concat', ['v', 'b'], ['all']),
      node('LinearRegressor', ['all'], ['y']),
    ]
    const initializers = [tensor('first', [0]), tensor('second', [1])]
    expect(built(nodes, { initializers })).toEqual([true, false])
  })
})

describe('numbers may not be missing', () => {
  test.each(['logreg20-f32', 'mlp-iris', 'torch-two-inputs'])('for %s', (name) => {
    expect(nullable(fixtureBytes(name))).not.toContain(true)
  })

  test('for an imputer of another number', () => {
    expect(built([imputer(0), node('LinearRegressor', ['v'], ['y'])])).toEqual([false, false])
  })

  test('for trees whose input is used by a linear model too', () => {
    const nodes = [
      node('TreeEnsembleRegressor', ['x'], ['a']),
      node('LinearRegressor', ['x'], ['b']),
      node('Add', ['a', 'b'], ['y']),
    ]
    expect(built(nodes)).toEqual([false, false])
  })

  test('for trees whose input is used by a graph inside the graph too', () => {
    const body = buildGraph({ nodes: [node('Neg', ['x'], ['z'])], inputs: [], outputs: [] })
    const nodes = [
      node('TreeEnsembleRegressor', ['x'], ['a']),
      { ...node('If', ['c'], ['b']), body },
      node('Add', ['a', 'b'], ['y']),
    ]
    expect(built(nodes)).toEqual([false, false])
  })

  test('for integers', () => {
    const nodes = [node('TreeEnsembleRegressor', ['x'], ['y'])]
    expect(built(nodes, { inputs: [['x', 'int64', 'n', 2]] })).toEqual([false, false])
  })
})
