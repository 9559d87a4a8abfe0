// What `build` and `prepack` of a package run, in its folder: compiles `src` into `dist`, and what it imports
// of other packages before it. What was compiled from a source that is gone is removed, or it would be
// published too.

import { execFileSync } from 'node:child_process'
import { existsSync, globSync, rmSync } from 'node:fs'
import { copyAssets } from './copy-assets.ts'

for (const compiled of globSync('dist/**/*.{js,d.ts}')) {
  const source = compiled.replace(/^dist/, 'src').replace(/(\.d\.ts|\.js)$/, '.ts')
  if (!existsSync(source) && !existsSync(compiled.replace(/^dist/, 'src'))) rmSync(compiled)
}
execFileSync('tsc', ['-b', 'tsconfig.build.json'], { stdio: 'inherit' })
copyAssets('.')
