import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { waitFor } from '@dsapi/testing'
import { publint } from 'publint'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { listAssets } from './copy-assets.ts'
import { healthCheck } from './deploy/files.ts'
import { bundled, neverShipped } from './map.ts'
import { installPublished, startInstalled } from './published-packages.ts'
import { readWorkspace } from './workspace.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const shipped = readWorkspace(root).filter(({ name }) => !neverShipped.includes(name))
const folder = mkdtempSync(join(tmpdir(), 'dsapi-published-'))
let tarballs: string[]

// It compiles, packs and installs everything, which takes minutes on a busy machine.
beforeAll(async () => {
  tarballs = await installPublished(folder)
}, 300_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const tarballOf = (name: string) => {
  const start = `${name.slice(1).replace('/', '-')}-`
  return tarballs.find((path) => basename(path).startsWith(start)) ?? ''
}

test('all packages that are shipped are published', () => {
  expect(tarballs).toHaveLength(shipped.length)
})

describe.each(shipped)('$name', ({ name, files, folder: sourceOf }) => {
  test('holds each module and its types, and nothing else', () => {
    const held = execFileSync('tar', ['tzf', tarballOf(name)], { encoding: 'utf8' })
    const modules = [...files.keys()]
      .filter((path) => path.startsWith('src/') && !path.endsWith('.test.ts'))
      .filter((path) => !path.startsWith(bundled[name] ?? '-'))
      .map((path) => path.replace(/^src\/(.*)\.[jt]s$/, 'package/dist/$1'))
    const assets = [...listAssets(sourceOf).keys()].map((path) => `package/${path}`)
    const compiled = modules.flatMap((path) => [`${path}.d.ts`, `${path}.js`])
    const besides = ['package/LICENSE', 'package/README.md', 'package/package.json']
    const found = held.split('\n').filter((path) => path !== '' && !besides.includes(path))
    const bundles = found.filter((path) => path.startsWith('package/dist/files/'))
    expect(bundles.length > 0).toBe(name in bundled)
    expect(found.toSorted()).toEqual([...compiled, ...assets, ...bundles].toSorted())
  })

  test('has nothing that publint would mend', async () => {
    const pkgDir = join(folder, 'node_modules', name)
    const { messages } = await publint({ pkgDir, level: 'warning', strict: true, pack: false })
    expect(messages).toEqual([])
  })

  test('asks for versions that a registry knows', () => {
    const manifest = readFileSync(join(folder, 'node_modules', name, 'package.json'), 'utf8')
    expect(manifest).not.toMatch(/workspace:|catalog:/)
  })
})

const libraries = shipped.filter(({ exports }) => exports.length > 0)

test.each(libraries)('$name resolves with its types', ({ name }) => {
  const attw = join(root, 'tools/node_modules/.bin/attw')
  // Fails by its exit code; importers that know no ES modules are left out by the profile.
  const printed = execFileSync(attw, [tarballOf(name), '--profile', 'esm-only'], {
    encoding: 'utf8',
  })
  expect(printed).toContain('node16 (from ESM)')
})

type Answer = {
  readonly id: string
  readonly class: number
  readonly predictions: readonly unknown[]
}

const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

test('`dsapi start` answers fast, large and slow predictions, and leaves no process behind', async () => {
  const dsapi = startInstalled(folder)
  onTestFinished(async () => {
    await dsapi.stop()
  })
  const [curl] = await dsapi.says(/^ {2}(curl .*)$/gm)
  const [url] = await dsapi.says(/dsapi listens on (\S+)/g)
  const [key] = await dsapi.says(/shown this once:\s+(dsapi_\S+)/g)
  expect(existsSync(join(folder, 'dsapi.sqlite'))).toBe(true)
  const ask = async (path: string, body?: unknown) => {
    const posted = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }
    const response = await fetch(url + path, { headers: { 'x-api-key': key }, ...posted })
    return { status: response.status, body: (await response.json()) as Answer }
  }

  const fast = execFileSync('sh', ['-c', `${curl} --silent --show-error`], { encoding: 'utf8' })
  expect(JSON.parse(fast)).toMatchObject({ class: 1 })

  // The image's health check, here because here is a server.
  const [, ...args] = healthCheck()
  const env = { ...process.env, PORT: new URL(url).port }
  const isHealthy = () => spawnSync(process.execPath, args, { env }).status === 0
  expect(isHealthy()).toBe(true)

  // Above 32 KiB a body is predicted in a thread of the api.
  const large = await ask('/predict', { instances: Array(5000).fill([1, 1]) })
  expect(large.status).toBe(200)
  expect(large.body.predictions).toHaveLength(5000)

  const docs = await (await fetch(`${url}/docs/reference/settings`)).text()
  expect(docs).toContain('DATABASE_URL')
  expect(docs).toContain('</html>')

  const page = await (await fetch(`${url}/console`)).text()
  const [, script] = /<script type="module" src="([^"]+)"/.exec(page) ?? []
  expect((await fetch(new URL(script, `${url}/console`))).status).toBe(200)

  const { id } = (await ask('/predict-slow', { feature_a: 1.3, feature_b: -3.2 })).body
  await waitFor(async () => (await ask(`/predict-slow/${id}`)).status !== 404)
  expect(await ask(`/predict-slow/${id}`)).toEqual({ status: 200, body: { class: 0 } })

  const pids = [...new Set(await dsapi.says(/"pid":(\d+)/g))].map(Number)
  expect(pids.length).toBeGreaterThan(1) // A worker, and an api process for each core.
  expect(await dsapi.stop()).toBe(0)
  expect(pids.filter(isAlive)).toEqual([])
  expect(isHealthy()).toBe(false)
})
