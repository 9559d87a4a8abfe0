// `build` and `prepack` of a package run this in its folder. It compiles `src` into `dist`, after the packages that it
// imports. Output of sources that no longer exist is removed, so that it is not published.

import { execFileSync } from 'node:child_process'
import { existsSync, globSync, rmSync } from 'node:fs'
import { copyAssets } from './copy-assets.ts'

for (const compiled of globSync('dist/**/*.{js,d.ts}')) {
  const source = compiled.replace(/^dist/, 'src').replace(/(\.d\.ts|\.js)$/, '')
  if (!existsSync(`${source}.ts`) && !existsSync(`${source}.js`)) rmSync(compiled)
}
execFileSync('tsc', ['-b', 'tsconfig.build.json'], { stdio: 'inherit' })
copyAssets('.')
