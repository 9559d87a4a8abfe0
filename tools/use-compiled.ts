// Makes each package of this checkout export its compiled modules, as the published packages do. `pnpm deploy` copies
// packages as they are, and Node does not run TypeScript in `node_modules`. Only for a checkout that is thrown away,
// such as the Dockerfile's.

import { globSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { copyAssets } from './copy-assets.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

for (const path of globSync('{packages,apps}/*/package.json', { cwd: root })) {
  copyAssets(dirname(root + path))
  const { publishConfig, ...manifest } = JSON.parse(readFileSync(root + path, 'utf8'))
  writeFileSync(root + path, `${JSON.stringify({ ...manifest, ...publishConfig }, null, 2)}\n`)
}
