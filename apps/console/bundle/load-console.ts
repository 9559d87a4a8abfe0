import { hash } from 'node:crypto'
import { globSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { rolldown } from 'rolldown'
import type { ConsoleFile, ConsoleFiles } from '../src/console-files.ts'

const folder = join(import.meta.dirname, '../src/app')

/** The script of the page, and the parts that it loads when they are needed. */
const bundleScripts = async () => {
  await using bundle = await rolldown({
    input: join(folder, 'main.tsx'),
    platform: 'browser',
    transform: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  })
  const { output } = await bundle.generate({
    minify: true,
    entryFileNames: 'console-[hash:10].js',
    chunkFileNames: 'part-[hash:10].js',
  })
  const chunks = output.filter((file) => file.type === 'chunk')
  return chunks.map(
    ({ fileName, code }): ConsoleFile => ({ name: fileName, type: 'text/javascript', text: code }),
  )
}

/** All styles, in the order of their paths. */
const joinStyles = async () => {
  const paths = globSync('**/*.css', { cwd: folder }).toSorted()
  const texts = paths.map((path) => readFile(join(folder, path), 'utf8'))
  return (await Promise.all(texts)).join('\n')
}

/** Bundles the sources of the console, in memory. The published package exports a function that reads a bundle instead. */
export const loadConsole = async (): Promise<ConsoleFiles> => {
  const [[script, ...parts], text] = await Promise.all([bundleScripts(), joinStyles()])
  const name = `console-${hash('sha256', text).slice(0, 10)}.css`
  return { script, parts, style: { name, type: 'text/css', text } }
}
