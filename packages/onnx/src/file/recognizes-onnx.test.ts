import { headBytes } from '@dsapi/inference'
import { expect, test } from 'vitest'
import { fixtureBytes, fixtureNames } from '../../test/fixtures.ts'
import { bytesField, integerField, join, textField } from '../protobuf/write.ts'
import { recognizesOnnx } from './recognizes-onnx.ts'

test.each(fixtureNames)('recognizes %s by its first bytes', (name) => {
  expect(recognizesOnnx(fixtureBytes(name).subarray(0, headBytes))).toBe(true)
})

test('recognizes a file that is cut', () => {
  expect(recognizesOnnx(fixtureBytes('mlp-iris').subarray(0, 100))).toBe(true)
})

test.each([
  ['nothing', new Uint8Array()],
  ['JSON', new TextEncoder().encode('{"learner": {}}')],
  ['UBJSON', Uint8Array.of(0x7b, 0x4c, 0, 0, 0, 0, 0, 0, 0, 7)],
  ['a model of LightGBM', new TextEncoder().encode('tree\nversion=v4\n')],
  ['a pickle', Uint8Array.of(0x80, 4, 0x95, 0)],
  ['a ZIP file', Uint8Array.of(0x50, 0x4b, 3, 4)],
  [
    "TensorFlow's SavedModel",
    join([...integerField(1, 1), ...bytesField(2, bytesField(1, textField(4, 'serve')))]),
  ],
])('does not take %s for ONNX', (_, bytes) => {
  expect(recognizesOnnx(bytes)).toBe(false)
})
