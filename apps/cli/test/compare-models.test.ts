import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { insertPredictions, openDatabase } from '@dsapi/db'
import { listEvaluations } from '@dsapi/registry'
import { temporaryFolder } from '@dsapi/testing'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { dsapi, type OwnEnvironment, ownEnvironment } from './dsapi.ts'

const fileAt = (path: string) => fileURLToPath(new URL(`../../../${path}`, import.meta.url))
const iris = fileAt('docs/tutorial/iris.csv')
const fixtures = 'packages/trees/test/fixtures'

let env: OwnEnvironment
let folder: string

beforeEach(async () => {
  env = await ownEnvironment()
  folder = await temporaryFolder()
})

const model = (...args: string[]) => dsapi(env, 'model', ...args)

const file = async (name: string, content: string) => {
  const path = join(folder, name)
  await writeFile(path, content)
  return path
}

const json = async (...args: string[]) => {
  const { code, stdout, stderr } = await model(...args, '--json')
  expect(code, stderr).toBe(0)
  return JSON.parse(stdout)
}

const fit = async (...values: string[]) => {
  for (const C of values) {
    await model('fit', '--name', 'iris', '--data', iris, '--label', 'class', '--C', C)
  }
}

const onIris = ['--data', iris, '--label', 'class']

describe('dsapi model compare', () => {
  test('scores two versions on a file, and shows where they differ', async () => {
    await fit('1', '0.01')
    const { code, stdout, stderr } = await model('compare', 'iris@1', 'iris@2', ...onIris)
    expect(code).toBe(0)
    expect(stderr).toContain('150 rows of')
    expect(stdout).toMatch(/^SCORE +iris@1 +iris@2$/m)
    expect(stdout).toMatch(/^accuracy +0\.9733 +0\.8733$/m)
    expect(stdout).toMatch(/^different answers +15 +10\.0 %$/m)
    expect(stdout).toMatch(/^LINE +LABEL +iris@1 +iris@2 +DIFFERENCE +sepal_length/m)
    const compared = await json('compare', 'iris@1', 'iris@2', ...onIris)
    expect(compared.scores['iris@1']).toMatchObject({ type: 'classes', accuracy: 146 / 150 })
    expect(compared.changes).toMatchObject({ rows: 150, changed: 15, refused: 0 })
    expect(compared.changes.worst[0]).toMatchObject({ line: 73, label: '1' })
  })

  test('scores models of values', async () => {
    const expected = JSON.parse(
      await readFile(fileAt(`${fixtures}/lgb-4.6.0-regression.expected.json`), 'utf8'),
    )
    const path = fileAt(`${fixtures}/lgb-4.6.0-regression.txt`)
    for (const name of ['one', 'two']) await model('add', path, '--name', name)
    const names: string[] = expected.feature_names
    const lines = [
      `${names.join(',')},y`,
      ...[1, 2, 3].map((y) => `${names.map(() => 0).join(',')},${y}`),
    ]
    const data = await file('data.csv', `${lines.join('\n')}\n`)
    const { stdout } = await model('compare', 'one@1', 'two@1', '--data', data, '--label', 'y')
    expect(stdout).toMatch(/^R2 +-?\d/m)
    expect(stdout).toMatch(/^different answers +0 +0\.0 %$/m)
  })

  test.each([
    ['no such version', ['iris@1', 'iris@7', ...onIris], 'Its versions are 1'],
    ['no such column', ['iris@1', 'iris@1', '--data', iris, '--label', 'kind'], 'kind'],
    ['no such file', ['iris@1', 'iris@1', '--data', 'none.csv', '--label', 'y'], 'none.csv'],
  ])('says in one line what is wrong: %s', async (_, args, message) => {
    await fit('1')
    const { code, stderr } = await model('compare', ...args)
    expect(code).toBe(1)
    expect(stderr.trim().split('\n')).toEqual([expect.stringContaining(message)])
  })

  test('names the line of a label that the model cannot answer', async () => {
    await fit('1')
    const text = (await readFile(iris, 'utf8')).replace(/,0\r?\n/, ',setosa\n')
    const data = await file('words.csv', text)
    const { stderr } = await model(
      'compare',
      'iris@1',
      'iris@1',
      '--data',
      data,
      '--label',
      'class',
    )
    expect(stderr).toBe(
      'Line 2: the label "setosa" is no number, but the classes of the model are numbers: 0, 1, 2\n',
    )
  })
})

describe('dsapi model replay', () => {
  const log = async (...rows: readonly (readonly number[])[]) => {
    const db = await openDatabase({ url: env.DATABASE_URL })
    await insertPredictions(
      db,
      rows.map((features) => ({
        ...{ at: Date.now() - 3_600_000, owner_id: 'owner', request_id: 'request' },
        ...{ kind: 'single', model: '1-x', model_name: 'iris', latency_us: 50 },
        features: JSON.stringify(features),
        answer: '{"class":0,"class_probabilities":[1,0,0]}',
      })),
    )
    await db.destroy()
  }

  test('shows what would have been answered otherwise', async () => {
    await fit('1', '10')
    await log([5.1, 3.5, 1.4, 0.2], [7, 3.2, 4.7, 1.4])
    const { code, stdout, stderr } = await model('replay', 'iris@2')
    expect(code).toBe(0)
    expect(stderr).toMatch(/^2 predictions of iris, .* answered again by iris@2/)
    expect(stdout).toMatch(/^different answers +1 +50\.0 %$/m)
    expect(stdout).toMatch(/ 1 +0 \(1\.000\) +1 \(0\.\d+\) +\S+ +7 +3\.2 +4\.7 +1\.4$/m)
    const replayed = await json('replay', 'iris@2', '--days', '1')
    expect(replayed).toMatchObject({ rows: 2, changed: 1, refused: 0, leftOut: 0 })
  })

  test('says what to do where nothing is logged', async () => {
    await fit('1')
    const { code, stderr } = await model('replay', 'iris@1')
    expect(code).toBe(1)
    expect(stderr).toContain('DSAPI_PREDICTION_LOG=on')
  })
})

describe('dsapi model evaluate --name', () => {
  test('scores a stored version, and fits nothing', async () => {
    await fit('0.01', '1')
    const { stdout } = await model('evaluate', '--name', 'iris', ...onIris)
    expect(stdout).toMatch(/^accuracy +0\.9733$/m)
    const first = await json('evaluate', '--name', 'iris@1', ...onIris)
    expect(first).toMatchObject({ name: 'iris', rows: 150, scores: { type: 'classes' } })
    expect(first.scores.accuracy).toBeCloseTo(131 / 150, 10)
  })

  test('stores the evaluation beside that of the fit', async () => {
    await fit('1')
    await model('fit', '--name', 'iris', '--data', iris, '--label', 'class', '--no-evaluation')
    await model('evaluate', '--name', 'iris@1', ...onIris, '--store')
    const db = await openDatabase({ url: env.DATABASE_URL })
    onTestFinished(() => db.destroy())
    const stored = async (version: number) =>
      (await listEvaluations(db, { name: 'iris', version })).map(({ evaluation }) => evaluation)
    expect(await stored(1)).toMatchObject([
      { source: 'file', rows: 150, scores: { accuracy: 146 / 150 } },
      { source: 'folds', folds: 5, rows: 150, scores: { accuracy: 0.96 } },
    ])
    expect(await stored(2)).toEqual([])
  })

  test('needs a file, and stores nothing without a name', async () => {
    await fit('1')
    expect(await model('evaluate', ...onIris, '--store')).toMatchObject({ code: 2 })
    expect(await model('evaluate', '--name', 'iris')).toMatchObject({ code: 2 })
  })
})

test('a file that does not answer its samples as they say is not added', async () => {
  const path = fileAt(`${fixtures}/lgb-4.6.0-regression.txt`)
  const { feature_names: names } = JSON.parse(
    await readFile(fileAt(`${fixtures}/lgb-4.6.0-regression.expected.json`), 'utf8'),
  )
  const samples = await file(
    'samples.csv',
    `${names.join(',')},expected\n${names.map(() => 0).join(',')},-12345\n`,
  )
  const { code, stderr } = await model('add', path, '--name', 'prices', '--samples', samples)
  expect(code).toBe(1)
  expect(stderr).toContain('-12345')
  expect(await json('list')).toEqual([])
})
