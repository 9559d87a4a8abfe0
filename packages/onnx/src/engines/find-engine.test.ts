import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { findEngine } from './find-engine.ts'

/** A folder with packages of these names, and nothing in them. */
const folderWith = async (...names: readonly string[]) => {
  const folder = await mkdtemp(join(tmpdir(), 'engine-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  for (const name of names) {
    const place = join(folder, 'node_modules', name)
    await mkdir(place, { recursive: true })
    await writeFile(join(place, 'index.js'), '')
  }
  return folder
}

test('the native engine in the folder of the server goes before WebAssembly', async () => {
  const folder = await folderWith('onnxruntime-node')
  const path = join(folder, 'node_modules/onnxruntime-node/index.js')
  expect(findEngine(['native', 'wasm'], folder)).toEqual({
    type: 'native',
    url: pathToFileURL(path).href,
  })
})

test('WebAssembly is found where this package is', async () => {
  const folder = await folderWith()
  expect(findEngine(['wasm'], folder).url).toContain('onnxruntime-web')
})

test('without an engine, the error has the line to type', async () => {
  const folder = await folderWith()
  const finding = () => findEngine(['native'], folder)
  expect(finding).toThrow(/npm install onnxruntime-web.*npm install onnxruntime-node/)
  expect(finding).toThrow(expect.objectContaining({ name: 'MissingEngineError' }))
})
