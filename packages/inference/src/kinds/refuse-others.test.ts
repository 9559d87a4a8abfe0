import { execFileSync } from 'node:child_process'
import { LogisticRegression } from '@dsapi/model'
import { expect, test } from 'vitest'
import { readModel } from './index.ts'
import { NotAModelError } from './not-a-model-error.ts'

const bytesOf = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0))

const long = (names: string) => `${names}\n${'1,2,3\n'.repeat(2000)}`

test.each([
  ['nothing', '', 'empty', 'save_model'],
  ['a pickle', '\x80\x04\x95\x1f', 'pickle, which runs code', 'to_onnx'],
  ['an old pickle', '\x80\x02}q', 'pickle', "save_model('model.json')"],
  ['joblib with zlib', '\x78\x9c\x00\x00', 'joblib', 'model add --python'],
  ['a zip file', 'PK\x03\x04\x14', '.skops', 'torch.onnx.export'],
  ['HDF5', '\x89HDF\r\n\x1a\n', '.h5', "model.export('model.onnx'"],
  ['gzip', '\x1f\x8b\x08', 'gzip', 'unpack'],
  ['CatBoost', 'CBM1\x00', 'CatBoost', "format='onnx'"],
  ['CatBoost as JSON', '{"features_info": {}, "oblivious_trees": []}', 'CatBoost', "format='onnx'"],
  ['the old XGBoost', 'binf\0\0', 'old binary', "save_model('model.json')"],
  ['a dump of XGBoost', '[\n  {"nodeid": 0}', 'dump_model', "save_model('model.json')"],
  ['a dump as text', 'booster[0]:\n0:[f1<2]', 'dump_model', "save_model('model.json')"],
  [
    'a dump of LightGBM',
    '{"name":"tree","version":"v4","tree_info":[]}',
    'dump_model',
    'model.txt',
  ],
  ['safetensors', '\x40\0\0\0\0\0\0\0{"a":{"dtype":"F32"', 'safetensors', 'torch.onnx.export'],
  ['GGUF', 'GGUF\x03\0\0\0', 'GGUF', 'not served'],
  ['PMML', '<?xml version="1.0"?><PMML>', 'PMML', 'to_onnx'],
  ['a page', '\n<!DOCTYPE html><html>', 'HTML', 'Download'],
  ['a table', long('a,b,c'), 'table (CSV)', 'Served are'],
  ['other JSON', '{"weights": [1], "kind": "net"}', '"weights", "kind"', 'Served are'],
  ['an empty object', '{}', 'no members', 'Served are'],
  ['a piece of JSON', '{"weights": [1', 'begins like JSON', 'Served are'],
  ['a text', 'treehouse', 'no model of a kind that is known', 'Served are'],
])('%s is refused with what it is and what to do', async (_, text, says, advice) => {
  const refused = readModel(bytesOf(text))
  await expect(refused).rejects.toThrow(NotAModelError)
  await expect(refused).rejects.toMatchObject({ code: 'not_a_model' })
  await expect(refused).rejects.toThrow(says)
  await expect(refused).rejects.toThrow(advice)
})

test.each([
  ['XGBoost', '{"learner":{', /byte 12/],
  ['XGBoost as UBJSON', '{L\0\0\0\0\0\0\0\x07learner{', /byte/],
  ['LightGBM', 'tree\nversion=v4\n', /./],
  ['a logistic regression', '{"classes":[0,1]}', /coef is missing/],
])('a damaged file of %s is refused by the reader of its kind', async (_, text, says) => {
  const error: unknown = await readModel(bytesOf(text)).catch((error: unknown) => error)
  expect(error).not.toBeInstanceOf(NotAModelError)
  expect(String(error)).toMatch(says)
})

test('a process that serves a logistic regression loads no code for trees', () => {
  const json = JSON.stringify(new LogisticRegression().fit([[0], [1]], [0, 1]))
  const script = `
    import { registerHooks } from 'node:module'
    const loaded = []
    registerHooks({ load: (url, context, next) => { loaded.push(url); return next(url, context) } })
    const { readModel } = await import(${JSON.stringify(import.meta.resolve('./index.ts'))})
    const bytes = new TextEncoder().encode(${JSON.stringify(json)})
    await readModel(bytes)
    console.log(loaded.filter((url) => url.includes('/trees/')).length, loaded.length > 5)`
  const node = ['--input-type=module', '-e', script]
  expect(execFileSync(process.execPath, node, { encoding: 'utf8' })).toBe('0 true\n')
})
