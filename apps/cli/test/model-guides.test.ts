import { spawnSync } from 'node:child_process'
import { copyFileSync, writeFileSync } from 'node:fs'
import { temporaryFolder, waitFor } from '@dsapi/testing'
import { describe, expect, test } from 'vitest'
import { generate, makeKey, ownEnvironment, serveHere } from './dsapi.ts'
import { pythonFilesOf, root, runCommand, stepsOf } from './manual-page.ts'

// Runs the guides for models of other libraries: trains and exports where the library is installed, adds the file, and
// asks the server for the answers that the guide shows.

type Guide = {
  readonly name: string
  /** What its Python imports. */
  readonly modules: readonly string[]
  /** Files in place of those that a library would write that Debian does not have. */
  readonly files?: Readonly<Record<string, string>>
}

const onnxFixtures = 'packages/onnx/test/fixtures/'

const guides: readonly Guide[] = [
  {
    name: 'scikit-learn',
    modules: ['sklearn', 'pandas', 'joblib'],
    files: { 'pipeline.onnx': `${onnxFixtures}pipeline-mixed.onnx` },
  },
  { name: 'xgboost', modules: ['xgboost', 'sklearn', 'pandas'] },
  { name: 'lightgbm', modules: ['lightgbm', 'sklearn', 'pandas'] },
  {
    name: 'pytorch',
    modules: [],
    files: { 'model.onnx': `${onnxFixtures}torch-two-inputs.onnx` },
  },
]

const pythons = [process.env.DSAPI_PYTHON ?? [], '/usr/bin/python3'].flat()

/** The first Python that has all modules; undefined where none has. */
const findPython = (modules: readonly string[]): string | undefined =>
  pythons.find((python) => spawnSync(python, ['-c', `import ${modules.join(', ')}`]).status === 0)

const hasCurl = spawnSync('curl', ['--version']).status === 0

/** Numbers to three digits: another version of a library trains a model that is a little different. */
const rounded = (text: string) =>
  text.replaceAll(/\d+\.\d+(e-\d+)?/g, (text) => {
    const number = Number(text)
    return String(number < 1e-9 ? 0 : Number(number.toPrecision(3)))
  })

describe('a guide for a library prints what it shows', () => {
  for (const { name, modules, files = {} } of guides) {
    const python = modules.length === 0 ? 'python3' : findPython(modules)
    if (python === undefined || !hasCurl) {
      const missing = hasCurl ? `a Python with ${modules.join(', ')} (DSAPI_PYTHON)` : 'curl'
      test.skip(`${name}: needs ${missing}`)
      continue
    }

    test(name, async () => {
      const page = `docs/guides/${name}.md`
      const folder = await temporaryFolder()
      for (const [file, source] of Object.entries(files)) {
        copyFileSync(root + source, `${folder}/${file}`)
      }
      for (const file of pythonFilesOf(page)) writeFileSync(`${folder}/${file.name}`, file.text)
      const env = await ownEnvironment()
      await generate(env)
      const { key } = await makeKey(env)
      const place = { folder, url: await serveHere(env), env: { ...env, KEY: key } }

      const steps = stepsOf(page)
      for (const { command, output } of steps) {
        const run = () => runCommand(command.replaceAll('python3', python), place)
        let printed = await run()
        // A running server follows within two seconds.
        await waitFor(async () => {
          const isEarly = /"code":"not_(found|ready)"/.test(printed)
          if (isEarly) printed = await run()
          return !isEarly
        })
        expect(rounded(printed), command).toBe(rounded(output))
      }
      expect(steps.length).toBeGreaterThan(1)
    })
  }
})
