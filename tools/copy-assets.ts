import { cpSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { bundled } from './map.ts'

/** Folders of the repository that are copied into a package. */
const borrowed: Readonly<Record<string, { readonly from: string; readonly to: string }>> = {
  // The api serves the manual.
  '@dsapi/api': { from: '../../docs', to: 'dist/manual' },
}

/** The files of a package that are not compiled, by their places in `dist`, with where each comes from. */
export const listAssets = (folder: string): ReadonlyMap<string, string> => {
  const { name } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const own = globSync('src/*/**/*.{css,js,py}', { cwd: folder })
    .filter((path) => !path.startsWith(bundled[name] ?? '-'))
    .map((path) => [path.replace(/^src/, 'dist'), path] as const)
  const { from, to } = borrowed[name] ?? {}
  if (from === undefined || to === undefined) return new Map(own)
  const others = globSync('**/*.{md,svg,png,csv}', { cwd: join(folder, from) }).map(
    (path) => [join(to, path), join(from, path)] as const,
  )
  return new Map([...own, ...others])
}

/** Copies files that are not compiled, because a package serves or reads them as they are. */
export const copyAssets = (folder: string): void => {
  for (const [target, source] of listAssets(folder)) {
    cpSync(join(folder, source), join(folder, target))
  }
}
