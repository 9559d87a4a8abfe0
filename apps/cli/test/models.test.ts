import { spawnSync } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describeWhere, temporaryFolder } from '@dsapi/testing'
import { beforeEach, describe, expect, test } from 'vitest'
import { dsapi, type OwnEnvironment, ownEnvironment } from './dsapi.ts'

const fileAt = (path: string) => fileURLToPath(new URL(`../../../${path}`, import.meta.url))
const lightgbm = fileAt('packages/trees/test/fixtures/lgb-4.6.0-binary-nan.txt')
const values = fileAt('packages/trees/test/fixtures/lgb-4.6.0-regression.txt')
const iris = fileAt('docs/tutorial/iris.csv')

let env: OwnEnvironment
let folder: string

beforeEach(async () => {
  env = await ownEnvironment()
  folder = await temporaryFolder()
})

const file = async (name: string, content: string) => {
  const path = join(folder, name)
  await writeFile(path, content)
  return path
}

const model = (...args: string[]) => dsapi(env, 'model', ...args)

const json = async (...args: string[]) => {
  const { code, stdout, stderr } = await model(...args, '--json')
  expect(code, stderr).toBe(0)
  return JSON.parse(stdout)
}

/** Two versions of a model of flowers; the second is served. */
const twoVersions = async () => {
  for (const C of ['1', '0.01']) {
    await model('fit', '--name', 'iris', '--data', iris, '--label', 'class', '--C', C)
  }
}

describe('dsapi model add', () => {
  test('serves the first version at once, and later ones when that is asked', async () => {
    const first = await model('add', lightgbm, '--name', 'tumour')
    expect(first).toMatchObject({ code: 0, stdout: '' })
    expect(first.stderr).toBe(
      'Added tumour@1: lightgbm-text, 30 features, classes 0, 1. It is served now.\n',
    )
    const options = ['--classes', 'malignant,benign', '--rename', 'mean_radius=radius']
    const second = await json('add', lightgbm, '--name', 'tumour', ...options)
    expect(second).toMatchObject({
      ...{ name: 'tumour', version: 2, format: 'lightgbm-text', served: false },
      output: { type: 'classes', classes: ['malignant', 'benign'] },
      features: expect.arrayContaining([{ name: 'radius', type: 'number', nullable: true }]),
      options: { classes: ['malignant', 'benign'], rename: { mean_radius: 'radius' } },
    })
    const third = await model('add', values, '--name', 'tumour', '--serve')
    expect(third.stderr).toContain('Warning: It was trained without missing values')
    expect(third.stderr).toContain('It is served now.')
    expect(await json('list')).toMatchObject([{ name: 'tumour', version: 3 }])
  })

  test('refuses what cannot be served, says how to mend it, and stores nothing', async () => {
    const text = await file('model.txt', 'hello')
    const refused = await model('add', text, '--name', 'tumour')
    expect(refused).toMatchObject({ code: 1, stdout: '' })
    expect(refused.stderr).toContain('Served are XGBoost (.json, .ubj), LightGBM (.txt)')
    const wrong = await model('add', lightgbm, '--name', 'tumour', '--features', 'a,b')
    expect(wrong).toMatchObject({ code: 1 })
    expect(wrong.stderr).toContain('30 features')
    const none = await model('add', join(folder, 'none.onnx'), '--name', 'tumour')
    expect(none).toMatchObject({ code: 1 })
    expect(none.stderr).toContain('there is no such file')
    const large = await dsapi(
      { ...env, DSAPI_MAX_MODEL: '1000' },
      'model',
      'add',
      lightgbm,
      '--name',
      'x',
    )
    expect(large.stderr).toContain('DSAPI_MAX_MODEL')
    expect(await json('list')).toEqual([])
  })

  test('does not run code that a file names', async () => {
    const code = { format: 'dsapi-python', callable: 'os:getcwd', directory: folder }
    const path = await file('model.json', JSON.stringify(code))
    const { code: exitCode, stderr } = await model('add', path, '--name', 'risk')
    expect(exitCode).toBe(1)
    expect(stderr).toContain('dsapi model add --python')
  })

  test.each([
    [[]],
    [[lightgbm, '--python', 'a:b']],
    [[lightgbm, '--processes', '2']],
    [['--python', 'nonsense']],
    [[lightgbm, '--types', 'a=float']],
    [[lightgbm, '--rename', 'a']],
    [[lightgbm, '--features', '["a",']],
  ])('%j is wrong usage', async (args) => {
    expect(await model('add', '--name', 'x', ...args)).toMatchObject({ code: 2 })
  })
})

describe('dsapi model show', () => {
  test('says what a model asks and answers, and which versions there are', async () => {
    await model('add', lightgbm, '--name', 'tumour')
    await model('add', lightgbm, '--name', 'tumour', '--classes', 'no,yes')
    const { stdout } = await model('show', 'tumour@2')
    expect(stdout).toMatch(/^version +2-[0-9a-f]{8}, stored .* by cli:/)
    expect(stdout).toMatch(/^format +lightgbm-text, made by LightGBM/m)
    expect(stdout).toMatch(/^file +23\.5 KiB, SHA-256 [0-9a-f]{64}$/m)
    expect(stdout).toMatch(/^options +classes \["no","yes"\]$/m)
    expect(stdout).toMatch(/^classes +no, yes$/m)
    expect(stdout).toMatch(/^mean_radius +number +yes$/m)
    expect(stdout).toMatch(/^1-[0-9a-f]{8} +served/m)
    expect(stdout).toMatch(/^2-[0-9a-f]{8} +not served/m)
    expect((await model('show', 'tumour')).stdout).toMatch(/^version +1-/)
  })

  test('writes the file of a version to a new file', async () => {
    await model('add', lightgbm, '--name', 'tumour')
    const path = join(folder, 'copy.txt')
    expect(await model('show', 'tumour@1', '--artifact', path)).toMatchObject({ code: 0 })
    expect(await readFile(path, 'utf8')).toBe(await readFile(lightgbm, 'utf8'))
    const again = await model('show', 'tumour@1', '--artifact', path)
    expect(again).toMatchObject({ code: 1 })
    expect(again.stderr).toContain('There is a file')
  })

  test('names the models and versions that there are, where one is not there', async () => {
    await twoVersions()
    expect((await model('show', 'irs')).stderr).toBe('There is no model irs. The models are iris\n')
    expect((await model('show', 'iris@9')).stderr).toBe(
      'There is no version 9 of the model iris. Its versions are 2, 1\n',
    )
    expect(await model('show', 'iris@1', '--version', '2')).toMatchObject({ code: 2 })
  })
})

describe('dsapi model serve', () => {
  beforeEach(twoVersions)

  test('serves a version, and rollback the one before', async () => {
    const served = await model('serve', 'iris@1')
    expect(served.stderr).toBe(
      'iris@1 is served now, in the place of version 2. To go back: dsapi model rollback iris\n',
    )
    expect(await json('rollback', 'iris')).toMatchObject({ name: 'iris', version: 2 })
  })

  test('begins and ends a canary and a shadow', async () => {
    expect(await json('serve', 'iris@1', '--canary', '10%')).toMatchObject({
      ...{ version: 2, canary: { version: 1, share: 0.1 }, shadow: null },
    })
    expect((await model('list')).stdout).toMatch(/iris +2-\S+ +1 \(10\.0 %\)/)
    expect(await json('serve', 'iris@1', '--canary', '0%')).toMatchObject({ canary: null })
    expect(await json('serve', 'iris@1', '--shadow')).toMatchObject({ shadow: 1 })
    expect(await json('serve', 'iris@1', '--no-shadow')).toMatchObject({ shadow: null })
    expect(await model('serve', 'iris@1', '--no-shadow')).toMatchObject({ code: 1 })
  })

  test.each([
    [1, ['serve', 'iris@9'], 'Its versions are 2, 1'],
    [1, ['serve', 'iris@2', '--canary', '10%'], 'cannot be a canary beside itself'],
    [1, ['rollback', 'tulips'], 'The models are iris'],
    [1, ['remove', 'iris@2'], 'Serve another version first'],
    [2, ['serve', 'iris'], 'such as churn@3'],
    [2, ['serve', 'iris@1', '--canary', '100%'], 'from 0% to below 100%'],
    [2, ['serve', 'iris@1', '--canary', '5%', '--shadow'], '--shadow'],
  ])('exits with %i for %j', async (code, args, message) => {
    const ended = await model(...args)
    expect(ended).toMatchObject({ code, stdout: '' })
    expect(ended.stderr).toContain(message)
  })

  test('remove removes a version that is not served', async () => {
    expect(await json('remove', 'iris@1')).toMatchObject({ name: 'iris', version: 1 })
    expect((await model('show', 'iris@1')).code).toBe(1)
  })
})

const interpreter = '/usr/bin/python3'
const hasSklearn = spawnSync(interpreter, ['-c', 'import sklearn']).status === 0

describeWhere(hasSklearn, 'python3-sklearn')(
  'a pipeline of scikit-learn in a file of pickle',
  () => {
    test('is added with the interpreter that has made it, and shown', async () => {
      const lines = [
        'import pickle, numpy',
        'from sklearn.linear_model import LogisticRegression',
        'from sklearn.pipeline import make_pipeline',
        'from sklearn.preprocessing import StandardScaler',
        'X = numpy.arange(20.0).reshape(10, 2)',
        'm = make_pipeline(StandardScaler(), LogisticRegression()).fit(X, ["no", "yes"] * 5)',
        'pickle.dump(m, open("m.pkl", "wb"))',
      ]
      spawnSync(interpreter, ['-c', lines.join('\n')], { cwd: folder })
      const added = await json(
        ...['add', '--python', join(folder, 'm.pkl'), '--interpreter', interpreter],
        ...['--name', 'pipeline', '--features', 'a,b'],
      )
      expect(added).toMatchObject({
        ...{ name: 'pipeline', format: 'python', served: true },
        output: { type: 'classes', classes: ['no', 'yes'] },
      })
      const { stdout } = await model('show', 'pipeline')
      expect(stdout).toMatch(/^callable +.*m\.pkl$/m)
      expect(stdout).toMatch(/^interpreter +\/usr\/bin\/python3$/m)
    })
  },
)

test('a folder or an interpreter that is not there is named', async () => {
  const noFolder = await model('add', '--python', 'a:b', '--name', 'x', '--directory', '/none')
  expect(noFolder).toMatchObject({ code: 1, stderr: 'There is no folder /none\n' })
  const noPython = await model('add', '--python', 'a:b', '--name', 'x', '--interpreter', './none')
  expect(noPython).toMatchObject({ code: 1 })
})
