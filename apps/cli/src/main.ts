#!/usr/bin/env node
// All else is imported behind the check: an old Node fails already while it links the imports.

import module from 'node:module'
import { fileURLToPath } from 'node:url'
import { complaintAboutNode } from './node-version.ts'

const complaint = complaintAboutNode(process.version)
if (complaint === undefined) {
  // Half of a start is compiling. The cache is in the package's own folder, which only those can write who can change
  // the code, and goes with the package; where the folder is read-only, Node goes on without a cache.
  const cache = fileURLToPath(new URL('../node_modules/.cache', import.meta.url))
  module.enableCompileCache(cache)
  process.env.NODE_COMPILE_CACHE ??= cache // The processes and threads that this one starts use it from their first file on.
  await import('./run.ts')
} else {
  process.stderr.write(`${complaint}\n`)
  process.exitCode = 1
}
