import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { buildGraph, buildModel, tensor } from '../../test/build-model.ts'
import { fixtureBytes, fixtureNames } from '../../test/fixtures.ts'
import { bytesField, integerField, join, type Parts, textField } from '../protobuf/write.ts'
import { readOnnxFile } from './read-onnx-file.ts'

test('reads what made a file, and the operator sets that it uses', () => {
  const file = readOnnxFile(fixtureBytes('pipeline-mixed'))
  expect(file.producer).toBe('skl2onnx 1.21.0')
  expect(file.operatorSets).toEqual(['ai.onnx.ml 1', 'ai.onnx 11'])
})

test('reads inputs and outputs with their types and shapes', () => {
  const file = readOnnxFile(fixtureBytes('pipeline-mixed'))
  expect(file.inputs).toEqual([
    { name: 'age', elementType: 'float32', shape: [undefined, 1] },
    { name: 'income', elementType: 'float32', shape: [undefined, 1] },
    { name: 'city', elementType: 'string', shape: [undefined, 1] },
    { name: 'plan', elementType: 'string', shape: [undefined, 1] },
  ])
  expect(file.outputs).toMatchObject([
    { name: 'label', elementType: 'string', shape: [undefined] },
    { name: 'probabilities', elementType: 'float32', shape: [undefined, 2] },
  ])
})

test('leaves out inputs that have a default', () => {
  const bytes = buildModel({
    nodes: [],
    inputs: [
      ['x', 'float32', 'n', 2],
      ['offset', 'int64', 2],
    ],
    outputs: [['y', 'float32', 'n', 2]],
    initializers: [tensor('offset', [1, 2])],
  })
  expect(readOnnxFile(bytes).inputs.map(({ name }) => name)).toEqual(['x'])
})

describe('data in another file', () => {
  const external = [...tensor('weights', [1]), ...integerField(14, 1)]
  const values = { inputs: [], outputs: [] }
  const constant = {
    operator: 'Constant',
    inputs: [],
    outputs: ['w'],
    attributes: { value: { tensor: external } },
  }
  test.each([
    ['of the graph', { nodes: [], initializers: [external] }],
    ['of a constant', { nodes: [constant] }],
    [
      'of a graph inside the graph',
      {
        nodes: [
          {
            operator: 'If',
            inputs: ['c'],
            outputs: ['y'],
            body: buildGraph({ ...values, nodes: [constant] }),
          },
        ],
      },
    ],
  ])('%s is refused, with the line that writes one file', (_, graph) => {
    const bytes = buildModel({ ...values, ...graph })
    expect(() => readOnnxFile(bytes)).toThrow(
      /'weights' in another file.*save_as_external_data=False/,
    )
  })
})

describe('a broken file is refused, or read', () => {
  const small = ['iris-strings-zipmap', 'pipeline-mixed', 'torch-two-inputs', 'mlp-iris']
  const outcome = (bytes: Uint8Array) => {
    try {
      readOnnxFile(bytes)
      return 'read'
    } catch (error) {
      // An error of the language would show that a check is missing.
      if (error instanceof Error && error.constructor === Error) return 'refused'
      throw error
    }
  }

  test.each(small)('%s, cut anywhere', (name) => {
    const bytes = fixtureBytes(name)
    for (let length = 0; length < bytes.length; length++) outcome(bytes.subarray(0, length))
    expect(outcome(bytes.subarray(0, bytes.length / 2))).toBe('refused')
  })

  test.each(small)('%s, with any byte flipped', (name) => {
    const bytes = fixtureBytes(name)
    for (let at = 0; at < bytes.length; at++) {
      for (const bit of [1, 64, 128]) {
        bytes[at] ^= bit
        outcome(bytes)
        bytes[at] ^= bit
      }
    }
    expect(outcome(bytes)).toBe('read')
  })

  test('any fixture, with some bytes replaced', () => {
    const files = fixtureNames.map(fixtureBytes)
    const changes = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 5 })
    fc.assert(
      fc.property(fc.constantFrom(...files), changes, (bytes, changed) => {
        const broken = bytes.slice()
        for (const [at, byte] of changed) broken[at % broken.length] = byte
        expect(['read', 'refused']).toContain(outcome(broken))
      }),
      { numRuns: 300 },
    )
  })
})

describe('a hostile file is refused', () => {
  const model = (graph: Parts) => join([...integerField(1, 8), ...bytesField(7, graph)])

  test('with graphs inside graphs without end', () => {
    let graph: Parts = textField(2, 'deepest')
    for (let depth = 0; depth < 500; depth++) {
      graph = [join(bytesField(1, bytesField(5, bytesField(6, graph))))]
    }
    expect(() => readOnnxFile(model(graph))).toThrow('graphs deep')
  })

  test('with a node for each two bytes', () => {
    const nodes = new Uint8Array(2 * 200_000)
    for (let at = 0; at < nodes.length; at += 2) nodes[at] = 10
    expect(() => readOnnxFile(model([nodes]))).toThrow('more than 100000 nodes')
  })

  test('with more classes than are served', () => {
    const labels = Array.from({ length: 10_001 }, (_, k) => k)
    const bytes = buildModel({
      inputs: [['x', 'float32', 'n', 1]],
      outputs: [['maps', 'float32', 'n', 1]],
      nodes: [
        {
          operator: 'ZipMap',
          inputs: ['p'],
          outputs: ['maps'],
          attributes: { classlabels_int64s: labels },
        },
      ],
    })
    expect(() => readOnnxFile(bytes)).toThrow('more than 10000 classlabels_int64s')
  })
})

test('a file without a graph is refused', () => {
  expect(() => readOnnxFile(join(integerField(1, 8)))).toThrow('has no graph')
})
