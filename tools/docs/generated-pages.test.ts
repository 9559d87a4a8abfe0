import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { makePages } from './pages.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

const pages = await makePages()

test.each([...pages])('%s is as `npx -y pnpm@12 run docs` writes it', (path, text) => {
  expect(readFileSync(root + path, 'utf8')).toBe(text)
})
