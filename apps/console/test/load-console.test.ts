import { gzipSync } from 'node:zlib'
import { beforeAll, expect, test } from 'vitest'
import { loadConsole } from '../bundle/load-console.ts'
import type { ConsoleFiles } from '../src/index.ts'

let files: ConsoleFiles
beforeAll(async () => {
  files = await loadConsole()
})

test('the script and the style have at most 80 kB, compressed', () => {
  const { script, style } = files
  const bytes = gzipSync(script.text).length + gzipSync(style.text).length
  expect(bytes).toBeGreaterThan(1000)
  expect(bytes).toBeLessThanOrEqual(80_000)
})

test('the script makes no code of texts', () => {
  expect(/\beval\(|new Function\b|document\.write/.test(files.script.text)).toBe(false)
})

test('the same sources have the same names', async () => {
  const again = await loadConsole()
  expect([again.script.name, again.style.name]).toEqual([files.script.name, files.style.name])
})
