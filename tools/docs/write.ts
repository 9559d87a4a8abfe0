// What `npx -y pnpm@12 run docs` runs: writes the generated pages of the manual.

import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { makePages } from './pages.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

for (const [path, text] of await makePages()) {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), text)
  process.stdout.write(`${path}\n`)
}
