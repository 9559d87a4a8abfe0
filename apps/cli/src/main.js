#!/usr/bin/env node
// JavaScript, because Node loads its compiler before a first file in TypeScript, and needs it no more once the rest
// comes from the cache: that is a third of `dsapi --help`.

import module from 'node:module'
import { fileURLToPath } from 'node:url'

// Half of a start is compiling. The cache is in the package's own folder, which only those can write who can change
// the code, and goes with the package; where the folder is read-only, Node goes on without a cache.
const cache = fileURLToPath(new URL('../node_modules/.cache', import.meta.url))
module.enableCompileCache?.(cache) // An old Node has none.
process.env.NODE_COMPILE_CACHE ??= cache // The processes and threads that this one starts use it from their first file on.

// All else is imported behind the check: an old Node fails already while it links the imports.
const { complaintAboutNode } = await import('./node-version.ts')
const complaint = complaintAboutNode(process.version)
if (complaint === undefined) {
  await import('./run.ts')
} else {
  process.stderr.write(`${complaint}\n`)
  process.exitCode = 1
}
