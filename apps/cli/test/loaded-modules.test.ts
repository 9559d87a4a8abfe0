import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const main = fileURLToPath(new URL('../src/main.js', import.meta.url))

/** Prints the address of each module that is loaded, on standard error. */
const listModules = `
  import { registerHooks } from 'node:module'
  registerHooks({
    load: (url, context, next) => {
      if (url.startsWith('file:')) process.stderr.write(url + '\\n')
      return next(url, context)
    },
  })`

const loadedBy = (...args: string[]) => {
  const hooks = `--import=data:text/javascript,${encodeURIComponent(listModules)}`
  const { stderr } = spawnSync(process.execPath, [hooks, main, ...args], { encoding: 'utf8' })
  return stderr.split('\n')
}

/** Small modules of packages that check texts and import nothing; they validate options. */
const ofOptions =
  /\/packages\/(auth\/src\/(key-options|keys\/(duration|key-names|scopes)|limits\/rate)|db\/src\/job-states|registry\/src\/model-name|telemetry\/src\/keys-in-text)\.ts$/
const isLight = (url: string) =>
  url === '' || url.includes('/apps/cli/src/') || url.includes('/commander/') || ofOptions.test(url)

test.each([[['--help']], [['model', 'add', '--help']], [['keys', 'create', '--rate', 'fast']]])(
  '%j loads the definitions of the commands and commander, and no other library',
  (args) => {
    const loaded = loadedBy(...args)
    expect(loaded.some((url) => url.endsWith('/src/program.ts'))).toBe(true)
    const texts = loaded.filter((url) => url.startsWith('file:'))
    expect(texts.filter((url) => !isLight(url))).toEqual([])
  },
)

test('a command loads what it needs', () => {
  expect(loadedBy('docs').join('\n')).toContain('/packages/config/src/')
})
