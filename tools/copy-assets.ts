import { cpSync, globSync } from 'node:fs'

/** Copies what is not compiled beside what is: the files that a package serves or reads as they are. */
export const copyAssets = (folder: string): void => {
  for (const path of globSync('src/**/*.{css,js}', { cwd: folder })) {
    cpSync(`${folder}/${path}`, `${folder}/${path.replace(/^src/, 'dist')}`)
  }
}
