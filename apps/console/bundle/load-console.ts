import { hash } from 'node:crypto'
import { globSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { rolldown } from 'rolldown'
import type { ConsoleFile, ConsoleFiles } from '../src/console-files.ts'

const folder = join(import.meta.dirname, '../src/app')

const named = (type: ConsoleFile['type'], ending: string, text: string): ConsoleFile => ({
  name: `console-${hash('sha256', text).slice(0, 10)}.${ending}`,
  ...{ type, text },
})

const bundleScript = async () => {
  await using bundle = await rolldown({
    input: join(folder, 'main.tsx'),
    platform: 'browser',
    transform: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  })
  const { output } = await bundle.generate({ minify: true, codeSplitting: false })
  return output[0].code
}

/** All styles, in the order of their paths. */
const joinStyles = async () => {
  const paths = globSync('**/*.css', { cwd: folder }).toSorted()
  const texts = paths.map((path) => readFile(join(folder, path), 'utf8'))
  return (await Promise.all(texts)).join('\n')
}

/** Bundles the sources of the console, in memory. The published package exports a function that reads a bundle instead. */
export const loadConsole = async (): Promise<ConsoleFiles> => {
  const [script, style] = await Promise.all([bundleScript(), joinStyles()])
  return {
    script: named('text/javascript', 'js', script),
    style: named('text/css', 'css', style),
  }
}
