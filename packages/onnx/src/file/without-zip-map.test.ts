import { expect, test } from 'vitest'
import { buildModel } from '../../test/build-model.ts'
import { fixtureBytes } from '../../test/fixtures.ts'
import { readOnnxFile } from './read-onnx-file.ts'

test('the input of ZipMap becomes the output, under the name that the file gave it', () => {
  const file = readOnnxFile(fixtureBytes('iris-strings-zipmap'))
  expect(file.outputs[1]).toEqual({
    name: 'output_probability',
    tensor: 'probabilities',
    elementType: 'float32',
    classes: ['setosa', 'versicolor', 'virginica'],
  })
})

test('the rewritten file has neither the node nor its output, and all else', () => {
  const bytes = fixtureBytes('logreg20-zipmap')
  const before = readOnnxFile(bytes)
  const after = readOnnxFile(before.bytes)
  expect(after.bytes).toBe(before.bytes)
  expect(after.nodes.map(({ operator }) => operator)).toEqual([
    'Scaler',
    'LinearClassifier',
    'Cast',
  ])
  expect(after.outputs.map(({ name }) => name)).toEqual(['output_label', 'probabilities'])
  expect(after.inputs).toEqual(before.inputs)
  expect(after.producer).toBe(before.producer)
  expect(after.operatorSets).toEqual(before.operatorSets)
})

test('a file without ZipMap stays as it is', () => {
  const bytes = fixtureBytes('logreg20-f32')
  expect(readOnnxFile(bytes).bytes).toBe(bytes)
})

test('a class that a number cannot hold is refused', () => {
  const bytes = buildModel({
    inputs: [['x', 'float32', 'n', 1]],
    outputs: [['maps', 'float32']],
    nodes: [
      {
        operator: 'ZipMap',
        inputs: ['p'],
        outputs: ['maps'],
        attributes: { classlabels_int64s: [0, 2 ** 60] },
      },
    ],
  })
  expect(() => readOnnxFile(bytes)).toThrow('the class 1152921504606846976')
})
