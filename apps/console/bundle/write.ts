// `build` and `prepack` run this after the compiler: it writes the bundle that the published package serves.

import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { loadConsole } from './load-console.ts'

const folder = join(import.meta.dirname, '../dist/files')
const { script, parts, style } = await loadConsole()
await rm(folder, { recursive: true, force: true })
await mkdir(folder, { recursive: true })
for (const { name, text } of [script, ...parts, style]) await writeFile(join(folder, name), text)
