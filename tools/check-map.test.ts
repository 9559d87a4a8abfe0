import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { checkMap } from './check-map.ts'
import { readWorkspace, type WorkspacePackage } from './workspace.ts'

const packageOf = (name: string, files: Record<string, string>, dependencies: string[] = []) =>
  ({
    name,
    folder: '',
    exports: ['.'],
    dependencies,
    devDependencies: ['@dsapi/testing'],
    files: new Map(Object.entries(files)),
  }) satisfies WorkspacePackage

const db = packageOf('@dsapi/db', { 'src/index.ts': '' })
const model = packageOf('@dsapi/model', { 'src/index.ts': '' })
const testing = packageOf('@dsapi/testing', { 'src/index.ts': '' })

const complaintsOf = (...packages: WorkspacePackage[]) =>
  checkMap([...packages, db, model, testing])

const auth = (source: string, path = 'src/keys.ts') =>
  packageOf('@dsapi/auth', { [path]: source }, ['@dsapi/db', 'hono'])

describe('the map', () => {
  test('holds for this repository', () => {
    const root = fileURLToPath(new URL('..', import.meta.url))
    const workspace = readWorkspace(root)
    expect(workspace.length).toBeGreaterThan(10)
    expect(checkMap(workspace)).toEqual([])
  })

  test.each([
    ['down the map', "import { a } from '@dsapi/db'"],
    ['within the package', "import { a } from './b.ts'"],
    ['of Node', "import { a } from 'node:fs'"],
  ])('allows an import %s', (_, source) => {
    expect(complaintsOf(auth(source))).toEqual([])
  })

  test.each([
    ['sideways', "import { a } from '@dsapi/model'", 'no way from @dsapi/auth to @dsapi/model'],
    ['past the exports', "import { a } from '@dsapi/db/src/a.ts'", 'reaches past the exports'],
    ['into another folder', "import { a } from '../../db/src/a.ts'", 'leaves its package'],
    ['of what only tests may use', "import { a } from '@dsapi/testing'", 'only tests'],
    ['of what is not declared', "import { a } from 'left-pad'", 'not among the dependencies'],
    ['of a library kept elsewhere', "import { a } from 'hono'", 'may know hono'],
    ['by export', "export { a } from '@dsapi/model'", 'no way'],
    ['of a type', "import type { a } from '@dsapi/model'", 'no way'],
    ['over several lines', "import {\n  a,\n  b,\n} from '@dsapi/model'", 'no way'],
    ['at run time', `await import(${"'@dsapi/model'"})`, 'no way'],
    ['for its effect', "import '@dsapi/model'", 'no way'],
  ])('forbids an import %s', (_, source, reason) => {
    expect(complaintsOf(auth(source))).toEqual([expect.stringContaining(reason)])
  })

  test('says in which file and line', () => {
    expect(complaintsOf(auth("\n\nimport { a } from '@dsapi/model'"))).toEqual([
      expect.stringMatching(/^@dsapi\/auth src\/keys\.ts:3 imports @dsapi\/model/),
    ])
  })

  test('lets a library into the one file that adapts it', () => {
    expect(complaintsOf(auth("import { a } from 'hono'", 'src/authentication/hono.ts'))).toEqual([])
  })

  test('lets tests import what is for tests', () => {
    expect(complaintsOf(auth("import { a } from '@dsapi/testing'", 'src/a.test.ts'))).toEqual([])
  })

  test('lets model import nothing, not even of Node', () => {
    const impure = packageOf('@dsapi/model', { 'src/a.ts': "import { a } from 'node:fs'" })
    expect(checkMap([impure])).toEqual([expect.stringContaining('model imports nothing')])
  })

  test('lets inference know threads where these are, and nowhere else', () => {
    const inference = (path: string) =>
      checkMap([packageOf('@dsapi/inference', { [path]: "import 'node:worker_threads'" })])
    expect(inference('src/threads/a.ts')).toEqual([])
    expect(inference('src/a.ts')).toEqual([expect.stringContaining('must run in a browser')])
  })

  test('lets tests import what only they may', () => {
    const client = packageOf('@dsapi/client', { 'src/index.ts': '' })
    const api = (path: string) =>
      packageOf('@dsapi/api', { [path]: "import { a } from '@dsapi/client'" }, ['@dsapi/client'])
    expect(complaintsOf(client, api('test/a.test.ts'))).toEqual([])
    expect(complaintsOf(client, api('src/a.ts'))).toEqual([
      expect.stringContaining('no way from @dsapi/api to @dsapi/client'),
    ])
  })

  test('does not know a package that has no row', () => {
    const stranger = packageOf('@dsapi/new', { 'src/a.ts': "import '@dsapi/db'" }, ['@dsapi/db'])
    expect(complaintsOf(stranger)).toEqual([expect.stringContaining('not on the map')])
  })

  test('leaves comments and other strings alone', () => {
    const source =
      "// import { a } from '@dsapi/model'\n/* import '@dsapi/model' */\nexport const a = 'x'"
    expect(complaintsOf(auth(source))).toEqual([])
  })
})
