import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { temporaryFolder } from '@dsapi/testing'
import { publint } from 'publint'
import { rolldown } from 'rolldown'
import { beforeAll, describe, expect, test } from 'vitest'
import { xgboostText } from './xgboost-model.ts'

// What is published is tried as its users get it: packed, unpacked into an empty project, imported.

const source = fileURLToPath(new URL('..', import.meta.url))
const script = `
  import { readTrees } from '@dsapi/trees'
  const model = readTrees(${JSON.stringify(xgboostText())})
  console.log(model.predict(Float64Array.of(1, 0, 2, 0), 2).join())`

let project: string
let tarball: string

beforeAll(async () => {
  project = await temporaryFolder()
  execFileSync('pnpm', ['pack', '--pack-destination', project], { cwd: source, stdio: 'ignore' })
  tarball = join(project, readdirSync(project).find((name) => name.endsWith('.tgz')) ?? '')
  const installed = join(project, 'node_modules', '@dsapi', 'trees')
  mkdirSync(installed, { recursive: true })
  execFileSync('tar', ['xzf', tarball, '-C', installed, '--strip-components=1'])
  writeFileSync(join(project, 'try.mjs'), script)
})

const filesOf = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())

describe('the published package', () => {
  test('runs in an empty project', () => {
    const printed = execFileSync(process.execPath, ['try.mjs'], { cwd: project, encoding: 'utf8' })
    expect(printed).toBe('-1,1\n')
  })

  test('runs in a browser bundle, with nothing of Node in it', async () => {
    const bundle = await rolldown({ input: join(project, 'try.mjs'), platform: 'browser' })
    const { output } = await bundle.generate({ format: 'iife' })
    const { code } = output[0]
    expect(code).not.toMatch(/require\(|node:/)
    const printed: string[] = []
    new Function('console', code)({ log: (line: string) => printed.push(line) })
    expect(printed).toEqual(['-1,1'])
  })

  test('leaves out of a bundle what is not used', async () => {
    const entry = join(project, 'small.mjs')
    writeFileSync(
      entry,
      "import { readLightgbm } from '@dsapi/trees'\nconsole.log(readLightgbm('').facts)",
    )
    const bundle = await rolldown({ input: entry, platform: 'browser' })
    const { output } = await bundle.generate({ format: 'esm' })
    expect(output[0].code).not.toContain('gradient_booster')
  })

  test('has types beside every module, and no test', () => {
    const names = filesOf(join(project, 'node_modules/@dsapi/trees')).map(({ name }) => name)
    expect(names).toContain('README.md')
    expect(names.filter((name) => name.includes('.test.'))).toEqual([])
    const modules = names.filter((name) => name.endsWith('.js'))
    expect(
      modules.map((name) => name.replace('.js', '.d.ts')).filter((name) => !names.includes(name)),
    ).toEqual([])
  })

  test('has no dependency', () => {
    const manifest = JSON.parse(
      readFileSync(join(project, 'node_modules/@dsapi/trees/package.json'), 'utf8'),
    )
    expect(manifest.dependencies).toBeUndefined()
  })

  test('has nothing that publint would mend', async () => {
    const pkgDir = join(project, 'node_modules/@dsapi/trees')
    const { messages } = await publint({ pkgDir, level: 'suggestion', strict: true, pack: false })
    expect(messages).toEqual([])
  })

  test('resolves with its types for every kind of importer of ES modules', () => {
    // Fails by its exit code; importers that know no ES modules are left out by the profile.
    const attw = join(source, 'node_modules/.bin/attw')
    const printed = execFileSync(attw, [tarball, '--profile', 'esm-only'], { encoding: 'utf8' })
    expect(printed).toContain('node16 (from ESM)')
  })
})
