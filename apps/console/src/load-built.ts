import { readdir, readFile } from 'node:fs/promises'
import type { ConsoleFile, ConsoleFiles } from './console-files.ts'

const folder = new URL('./files/', import.meta.url)

/**
 * Reads the files that were bundled when the package was built. In a checkout the package exports another function of this
 * name, which bundles the sources.
 *
 * @throws Error if the package was not built
 */
export const loadConsole = async (): Promise<ConsoleFiles> => {
  const names = await readdir(folder)
  const read = async (name: string, type: ConsoleFile['type']): Promise<ConsoleFile> => ({
    ...{ name, type, text: await readFile(new URL(name, folder), 'utf8') },
  })
  const find = (ending: string) => {
    const name = names.find((name) => name.startsWith('console-') && name.endsWith(ending))
    if (name === undefined) throw new Error(`The console was not built: ${folder} has no ${ending}`)
    return name
  }
  const parts = names.filter((name) => name.startsWith('part-'))
  return {
    script: await read(find('.js'), 'text/javascript'),
    parts: await Promise.all(parts.map((name) => read(name, 'text/javascript'))),
    style: await read(find('.css'), 'text/css'),
  }
}
