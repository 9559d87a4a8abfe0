import { brotliCompressSync, gzipSync } from 'node:zlib'
import { beforeAll, expect, test } from 'vitest'
import { loadConsole } from '../bundle/load-console.ts'
import type { ConsoleFile, ConsoleFiles } from '../src/index.ts'

let files: ConsoleFiles
beforeAll(async () => {
  files = await loadConsole()
})

const sizeOf = (all: readonly ConsoleFile[]) =>
  all.reduce((bytes, { text }) => bytes + gzipSync(text).length, 0)

test('the script and the style have at most 60 kB, compressed', () => {
  const bytes = sizeOf([files.script, files.style])
  expect(bytes).toBeGreaterThan(1000)
  expect(bytes).toBeLessThanOrEqual(60_000)
})

test('with the parts that are loaded later they have at most 80 kB, as browsers get them', () => {
  const all = [files.script, ...files.parts, files.style]
  const bytes = all.reduce((sum, { text }) => sum + brotliCompressSync(text).length, 0)
  expect(bytes).toBeLessThanOrEqual(80_000)
})

test('no script makes code of texts', () => {
  const texts = [files.script, ...files.parts].map(({ text }) => text).join('\n')
  expect(/\beval\(|new Function\b|document\.write/.test(texts)).toBe(false)
})

test('the same sources have the same names', async () => {
  const again = await loadConsole()
  expect([again.script.name, again.style.name]).toEqual([files.script.name, files.style.name])
})
