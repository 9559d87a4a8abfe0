import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { temporaryFolder } from '@dsapi/testing'
import { publint } from 'publint'
import { rolldown } from 'rolldown'
import { beforeAll, describe, expect, test } from 'vitest'

// What is published is tried as its users get it: packed, unpacked into an empty project, imported.

const source = fileURLToPath(new URL('..', import.meta.url))
const script = `
  import { createClient, DsapiError } from '@dsapi/client'
  const client = createClient({ baseUrl: 'http://127.0.0.1:1', apiKey: 'x' })
  const error = await client.cancel('x').catch((error) => error)
  console.log(error instanceof DsapiError, error.code)`
const scriptOfV2 = `
  import { createV2Client, DsapiError } from '@dsapi/client/v2'
  const client = createV2Client({ baseUrl: 'http://127.0.0.1:1' })
  const signal = AbortSignal.timeout(20)
  const error = await client.server({ signal }).catch((error) => error)
  console.log(error.name, await client.ready({ signal }).catch((error) => error.name))`

let project: string
let tarball: string

beforeAll(async () => {
  project = await temporaryFolder()
  execFileSync('pnpm', ['pack', '--pack-destination', project], { cwd: source, stdio: 'ignore' })
  tarball = join(project, readdirSync(project).find((name) => name.endsWith('.tgz')) ?? '')
  const installed = join(project, 'node_modules', '@dsapi', 'client')
  mkdirSync(installed, { recursive: true })
  execFileSync('tar', ['xzf', tarball, '-C', installed, '--strip-components=1'])
  writeFileSync(join(project, 'try.mjs'), script)
  writeFileSync(join(project, 'try-v2.mjs'), scriptOfV2)
})

describe('the published package', () => {
  test('runs in an empty project', () => {
    const printed = execFileSync(process.execPath, ['try.mjs'], { cwd: project, encoding: 'utf8' })
    expect(printed).toBe('true no_answer\n')
  })

  test('has the client of the Open Inference Protocol apart', () => {
    const options = { cwd: project, encoding: 'utf8' } as const
    expect(execFileSync(process.execPath, ['try-v2.mjs'], options)).toBe(
      'TimeoutError TimeoutError\n',
    )
  })

  test.each([
    ['try.mjs', 9000],
    ['try-v2.mjs', 8000],
  ])('makes a bundle for browsers of %s, with nothing of Node in it', async (input, most) => {
    const bundle = await rolldown({ input: join(project, input), platform: 'browser' })
    const { output } = await bundle.generate({ format: 'esm', minify: true })
    expect(output[0].code).not.toMatch(/require\(|node:|process\.|\bBuffer/)
    expect(output[0].code.length).toBeLessThan(most)
  })

  test('has types beside every module, and no test', () => {
    const folder = join(project, 'node_modules/@dsapi/client')
    const names = readdirSync(folder, { recursive: true }).map(String)
    expect(names).toContain('README.md')
    expect(names.filter((name) => name.includes('.test.'))).toEqual([])
    const modules = names.filter((name) => name.endsWith('.js'))
    const types = modules.map((name) => name.replace('.js', '.d.ts'))
    expect(types.filter((name) => !names.includes(name))).toEqual([])
  })

  test('has no dependency', () => {
    const manifest = readFileSync(join(project, 'node_modules/@dsapi/client/package.json'), 'utf8')
    expect(JSON.parse(manifest).dependencies).toBeUndefined()
  })

  test('has nothing that publint would mend', async () => {
    const pkgDir = join(project, 'node_modules/@dsapi/client')
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
