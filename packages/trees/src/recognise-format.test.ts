import { expect, test } from 'vitest'
import { errorOf } from '../test/errors.ts'
import { fixtureBytes } from '../test/fixtures.ts'
import { readLightgbm, readXgboost, recogniseFormat } from './index.ts'

const bytesOf = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0))

test.each([
  ['tree\nversion=v4', 'lightgbm-text'],
  ['tree\r\nversion=v4', 'lightgbm-text'],
  ['\xef\xbb\xbftree\n', 'lightgbm-text'],
  ['{"learner":{}}', 'xgboost-json'],
  ['\n { "learner": {} }', 'xgboost-json'],
  ['{L\0\0\0\0\0\0\0\x07learner', 'xgboost-ubjson'],
  ['{i\x07learner', 'xgboost-ubjson'],
])('%j is %s', (text, format) => {
  expect(recogniseFormat(bytesOf(text))).toBe(format)
})

test.each([
  ['', 'empty'],
  ['binf\0\0', 'old binary format'],
  ['\x80\x04\x95', 'pickle'],
  ['PK\x03\x04', 'zip'],
  ['\x1f\x8b\x08', 'gzip'],
  ['\x89HDF', 'HDF5'],
  ['CBM1', 'CatBoost'],
  ['<?xml version="1.0"?>', 'XML'],
  ['[{"nodeid": 0}]', 'dump_model'],
  ['\x08\x08\x12\x04', 'no model'],
  ['treehouse', 'no model'],
])('%j is refused with what it is', (text, says) => {
  const error = errorOf(() => recogniseFormat(bytesOf(text)))
  expect(error.code).toBe('unknown_format')
  expect(error.message).toContain(says)
  expect(error.message).toContain('save_model')
})

test('a reader of one library names the reader of the other', () => {
  const lightgbm = fixtureBytes('lgb-4.6.0-constant.txt')
  expect(errorOf(() => readXgboost(lightgbm)).message).toContain('readLightgbm')
  const xgboost = fixtureBytes('xgb-3.0.0-gblinear.json')
  expect(errorOf(() => readLightgbm(xgboost)).message).toContain('readXgboost')
})

test('a dump of LightGBM as JSON is refused with what to do', () => {
  const error = errorOf(() => readXgboost('{"name":"tree","version":"v4","tree_info":[]}'))
  expect(error.message).toContain('dump_model')
})
