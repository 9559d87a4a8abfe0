#!/usr/bin/env node
// All else is imported behind the check: an old Node fails already while it links the imports.

import { complaintAboutNode } from './node-version.ts'

const complaint = complaintAboutNode(process.version)
if (complaint === undefined) {
  await import('./run.ts')
} else {
  process.stderr.write(`${complaint}\n`)
  process.exitCode = 1
}
