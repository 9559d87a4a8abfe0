import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { contentOf, describeOnSqlite, temporaryFolder, waitFor } from '@dsapi/testing'
import { beforeEach, describe, expect, test } from 'vitest'
import {
  blankEnvironment,
  demoKey,
  dsapi,
  generate,
  type OwnEnvironment,
  ownEnvironment,
  serveHere,
} from './dsapi.ts'

const iris = fileURLToPath(new URL('../../../docs/tutorial/iris.csv', import.meta.url))

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

describe('dsapi model fit', () => {
  test('fits the data table as the next version', async () => {
    await generate(env)
    const { code, stdout } = await dsapi(env, 'model', 'fit', '--json')
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ version: 2, rows: 100, converged: true })
  })
})

describeOnSqlite('dsapi model fit --data', () => {
  test('fits a CSV file, and a running server serves it under the names of its columns', async () => {
    await generate(env, { demoKeys: true })
    const url = await serveHere(env)
    expect((await dsapi(env, 'model', 'fit', '--data', iris, '--label', 'class')).code).toBe(0)

    const headers = { 'X-API-Key': demoKey }
    const flower = 'sepal_length/5.1/sepal_width/3.5/petal_length/1.4/petal_width/0.2'
    const ask = (path: string) => fetch(`${url}/predict/${path}`, { headers })
    await waitFor(async () => (await ask(flower)).status === 200)
    const body = (await (await ask(flower)).json()) as { class_probabilities: number[] }
    expect(body).toMatchObject({ class: 0 })
    expect(body.class_probabilities).toHaveLength(3)

    const missing = await fetch(`${url}/predict-slow`, {
      method: 'POST',
      headers,
      body: '{"sepal_length": 5.1, "sepal_width": 3.5, "petal_length": 1.4}',
    })
    expect(await missing.json()).toMatchObject({
      detail: [{ field: 'petal_width', message: 'is missing' }],
    })
  })

  test.each([
    [
      'no column to learn from',
      'a,y\n1,0\n,1\n',
      'no column is left to learn from: "a" (constant)',
    ],
    [
      'a text among numbers',
      `a,y\n${Array.from({ length: 40 }, (_, i) => `${i === 5 ? 'abc' : i},${i % 2}`).join('\n')}`,
      '(the first, "abc", on line 7); expected numbers, as in the others. If they stand for a missing value: --missing',
    ],
    ['a label column that is not there', 'a,b\n1,0\n', 'no column "y"'],
    ['one class only', 'a,y\n1,0\n2,0\n', 'at least two classes'],
    ['labels that are missing', 'a,y\n1,0\n2,NA\n3,NaN\n', '--missing-labels drop'],
    ['prices as labels', 'a,y\n1,1.5\n2,2.5\n3,1.5\n', '--labels-are-classes'],
    ['an ID as label', 'a,y\n1,i1\n2,i2\n3,i3\n', '--labels-are-classes'],
    ['no header', '5.1,y\n4.9,n\n4.7,y\n', '--trust-header'],
    ['another name', 'a,Y\n1,0\n2,1\n', 'did you mean "Y"?'],
  ])('says in one line what is wrong: %s', async (_, content, message) => {
    const path = await file('bad.csv', content)
    const { code, stderr } = await dsapi(env, 'model', 'fit', '--data', path, '--label', 'y')
    expect(code).toBe(1)
    expect(stderr.trim().split('\n')).toEqual([expect.stringContaining(message)])
  })

  test('does with odd labels and headers what it is told to', async () => {
    const fit = async (content: string, ...options: string[]) => {
      const path = await file('odd.csv', content)
      return dsapi(env, 'model', 'fit', '--json', '--data', path, '--label', 'y', ...options)
    }
    const missing = 'a,y\n1,0\n2,NA\n3,1\n4,0\n'
    const dropped = await fit(missing, '--missing-labels', 'drop')
    expect(JSON.parse(dropped.stdout)).toMatchObject({ rows: 3 })
    expect(dropped.stderr).toContain('Left out 1 of 4 rows')
    const kept = await fit(missing, '--missing-labels', 'keep')
    expect(JSON.parse(kept.stdout)).toMatchObject({ rows: 4 })
    expect(kept.stderr).toContain('Fitted 3 classes')
    const prices = await fit('a,y\n1,1.5\n2,2.5\n3,1.5\n', '--labels-are-classes')
    expect(prices.stderr).toContain('Fitted 2 classes')
    const header = await fit('5.1,y\n4.9,n\n4.7,y\n', '--trust-header')
    expect(header.stderr).toContain('2 rows of 5.1')
  })

  test('finds the separator, and takes what the library can do', async () => {
    const rows = Array.from({ length: 40 }, (_, i) => `${i};${i % 3 ? 'red' : 'white'}`)
    const path = await file('wine.csv', `"fixed acidity";"colour, seen"\n${rows.join('\n')}\n`)
    const given = ['--data', path, '--label', 'colour, seen', '--json']
    const plain = await dsapi(env, 'model', 'fit', ...given)
    expect(plain).toMatchObject({ code: 0, stderr: expect.stringContaining('fixed acidity') })
    const options = ['--class-weight', 'balanced', '--penalty', 'none', '--no-intercept']
    await dsapi(env, 'model', 'fit', ...given, ...options, '--max-iter', '50', '--tol', '1e-9')
    const { stdout } = await dsapi(env, 'model', 'show', '--json')
    expect(JSON.parse(stdout).intercept).toEqual([0])
    const wrong = await dsapi(env, 'model', 'fit', ...given, '--separator', 'comma')
    expect(wrong.stderr).toContain('seem to be separated by ";"')
  })

  test('says which file is not there, and that a file needs a label', async () => {
    const env = await blankEnvironment()
    const noFile = await dsapi(env, 'model', 'fit', '--data', 'none.csv', '--label', 'y')
    expect(noFile).toMatchObject({ code: 1, stderr: expect.stringContaining('There is no file') })
    const noLabel = await dsapi(env, 'model', 'fit', '--data', iris)
    expect(noLabel).toMatchObject({ code: 2, stderr: expect.stringContaining('--label') })
    const noData = await dsapi(env, 'model', 'fit', '--label', 'class')
    expect(noData).toMatchObject({ code: 2, stderr: expect.stringContaining('--data') })
    const noTable = await dsapi(env, 'model', 'fit', '--separator', ';')
    expect(noTable).toMatchObject({ code: 2, stderr: expect.stringContaining('--data') })
    expect(await contentOf(env.DATABASE_URL)).toBe('')
  })
})

describeOnSqlite('labels that are numbers only in part', () => {
  test('stay apart as text, which is said', async () => {
    const path = await file('zip.csv', 'x,y\n1,01234\n2,1234\n3,01234\n4,1234\n')
    const { stderr } = await dsapi(env, 'model', 'fit', '--data', path, '--label', 'y')
    expect(stderr).toMatch(/numbers only in part, such as "01234": .*All are treated as text/)
    expect((await dsapi(env, 'model', 'show')).stdout).toMatch(/classes +01234, 1234/)
  })
})

describeOnSqlite('dsapi model show, for people,', () => {
  test('shows the classes, how the fit ended and the coefficients by name', async () => {
    await dsapi(env, 'model', 'fit', '--data', iris, '--label', 'class')
    const { stdout } = await dsapi(env, 'model', 'show')
    expect(stdout).toMatch(/classes +0, 1, 2/)
    expect(stdout).toMatch(/converged in \d+ steps/)
    expect(stdout).toMatch(/petal_length +-2\.51715 +-0\.206392 +2\.72354/)
  })
})

describe('dsapi model show', () => {
  test('shows an earlier version, and says when there is none', async () => {
    await generate(env)
    await dsapi(env, 'model', 'fit', '--data', iris, '--label', 'class')
    expect((await dsapi(env, 'model', 'show', '--version', '1')).stdout).toContain('feature_a')
    expect(await dsapi(env, 'model', 'show', '--version', '9')).toMatchObject({ code: 1 })
  })
})

describe('dsapi model import', () => {
  test('takes what show --json has printed', async () => {
    await dsapi(env, 'model', 'fit', '--data', iris, '--label', 'class')
    const { stdout } = await dsapi(env, 'model', 'show', '--json')
    const path = await file('model.json', stdout)
    expect((await dsapi(env, 'model', 'import', path)).stderr).toContain('model version 2')
    const again = JSON.parse((await dsapi(env, 'model', 'show', '--json')).stdout)
    const { sha256, coef, version } = JSON.parse(stdout)
    expect(again).toMatchObject({ sha256, coef, version: version + 1 })
  })
})

describeOnSqlite('dsapi model import, of another file,', () => {
  const plain = '{"classes": [0, 1, 2], "coef": [[1], [0], [-1]], "intercept": [0, 0, 0]'

  test('warns of what a file without check rows leaves open, also in JSON', async () => {
    const path = await file('sk.json', `${plain}}`)
    const { code, stdout, stderr } = await dsapi(env, 'model', 'import', path, '--json')
    expect(code).toBe(0)
    expect(stderr).toMatch(/^Warning: The file has no check rows.*not one-vs-rest/)
    expect(JSON.parse(stdout)).toEqual({
      version: 1,
      classes: [0, 1, 2],
      features: ['x0'],
      multiClass: 'multinomial',
      check: null,
      assumptions: [expect.stringContaining('no check rows')],
    })
  })

  test('refuses a model that does not answer as Python did, and stores nothing', async () => {
    const env = await blankEnvironment()
    const check = '"check": {"x": [[1]], "p": [[0.487, 0.333, 0.18]]}'
    const path = await file('ovr.json', `${plain}, "multi_class": "multinomial", ${check}}`)
    const { code, stderr } = await dsapi(env, 'model', 'import', path)
    expect(code).toBe(1)
    expect(stderr).toMatch(
      /check row 0: this model answers 0\.665241, .* file says 0\.487, .* at most 0\.000001/,
    )
    expect(await contentOf(env.DATABASE_URL)).toBe('')
  })

  test('serves one-vs-rest as Python answers', async () => {
    const path = await file('ovr.json', `${plain}, "multi_class": "ovr"}`)
    expect((await dsapi(env, 'model', 'import', path)).code).toBe(0)
    expect((await dsapi(env, 'model', 'show')).stdout).toContain('one-vs-rest')
  })

  test('takes a byte order mark, boolean classes and numbers as names', async () => {
    const path = await file(
      'bom.json',
      '\ufeff{"classes": [false, true], "coef": [[1]], "intercept": [0], "feature_names": [0]}',
    )
    const { stdout } = await dsapi(env, 'model', 'import', path, '--json')
    expect(JSON.parse(stdout)).toMatchObject({ classes: ['False', 'True'], features: ['0'] })
  })

  test('shows the lines for Python that the README of the package has', async () => {
    const readme = new URL('../../../packages/model/README.md', import.meta.url)
    const lines = /```python\n(.*?)```/s.exec(await readFile(readme, 'utf8'))?.[1]
    expect((await dsapi(env, 'model', 'import', '--help')).stdout).toContain(lines)
  })

  test.each<[string, Uint8Array, string]>([
    ['UTF-16', Buffer.from('\ufeff{}', 'utf16le'), 'is text in UTF-16. Expected text in UTF-8'],
    [
      'Latin-1',
      Buffer.from('{"classes": ["M\xe1laga"]}', 'latin1'),
      'is not UTF-8, on line 1. Expected text in UTF-8',
    ],
  ])('says in words that a file is in %s', async (name, content, message) => {
    const path = join(folder, `${name}.json`)
    await writeFile(path, content)
    const { code, stderr } = await dsapi(env, 'model', 'import', path)
    expect(code).toBe(1)
    expect(stderr).toContain(message)
  })

  test('takes a plain model from scikit-learn', async () => {
    const path = await file(
      'sk.json',
      '{"classes": ["no", "yes"], "coef": [[1.5]], "intercept": [-1]}',
    )
    expect(await dsapi(env, 'model', 'import', path)).toMatchObject({ code: 0 })
    expect((await dsapi(env, 'model', 'show')).stdout).toContain('imported')
  })

  test('stores nothing when the file is damaged', async () => {
    await generate(env)
    const path = await file(
      'bad.json',
      '{"classes": [0, 1], "coef": [[1, null]], "intercept": [0]}',
    )
    const { code, stderr } = await dsapi(env, 'model', 'import', path)
    expect({ code, stderr: stderr.trim() }).toEqual({
      code: 1,
      stderr: 'coef[0][1] is null; expected a finite number',
    })
    expect(await dsapi(env, 'model', 'show', '--version', '2')).toMatchObject({ code: 1 })
  })
})

describe('dsapi model evaluate', () => {
  test('scores the data table by cross-validation, and stores nothing', async () => {
    await generate(env)
    const { code, stdout } = await dsapi(env, 'model', 'evaluate', '--folds', '10', '--json')
    expect(code).toBe(0)
    const { scores, confusion, calibration } = JSON.parse(stdout)
    expect(scores.accuracy).toBeGreaterThan(0.7)
    expect(confusion.counts.flat().reduce((sum: number, n: number) => sum + n, 0)).toBe(100)
    expect(calibration.length).toBeGreaterThan(3)
    expect(await dsapi(env, 'model', 'show', '--version', '2')).toMatchObject({ code: 1 })
  })

  test('scores a file without making a database', async () => {
    const env = await blankEnvironment()
    const args = ['model', 'evaluate', '--data', iris, '--label', 'class', '--json']
    const { stdout } = await dsapi(env, ...args)
    expect(JSON.parse(stdout).scores.accuracy).toBeGreaterThan(0.9)
    expect(await contentOf(env.DATABASE_URL)).toBe('')
  })

  test('says how many folds were not fitted to the end', async () => {
    const args = ['model', 'evaluate', '--data', iris, '--label', 'class', '--max-iter', '1']
    expect((await dsapi(env, ...args)).stderr).toContain('5 of 5 folds did not converge')
    const { stdout } = await dsapi(env, ...args, '--json')
    expect(JSON.parse(stdout).notConverged).toBe(5)
  })

  test('speaks of folds and classes as the user does where there are too few rows', async () => {
    const path = await file('few.csv', 'a,y\n1,no\n2,no\n3,no\n4,yes\n')
    const evaluate = (folds: string) =>
      dsapi(env, 'model', 'evaluate', '--data', path, '--label', 'y', '--folds', folds)
    expect((await evaluate('5')).stderr).toContain('--folds 3')
    expect((await evaluate('2')).stderr).toContain('The class yes has only one row')
  })
})

describeOnSqlite('the scores', () => {
  test('are right when a class is in one fold only', async () => {
    const rows = Array.from({ length: 60 }, (_, i) => `${i},${i < 30 ? 'b' : 'c'}`)
    const path = await file('rare.csv', ['x,y', '100,a', ...rows].join('\n'))
    const { stdout } = await dsapi(
      env,
      'model',
      'evaluate',
      '--data',
      path,
      '--label',
      'y',
      '--json',
    )
    const { scores, confusion } = JSON.parse(stdout)
    expect(confusion.classes).toEqual(['a', 'b', 'c'])
    expect(scores.accuracy).toBeGreaterThan(0.9)
    expect(scores['log loss']).toBeLessThan(1)
  })

  test('are drawn with the confusion and, for two classes, calibration', async () => {
    await generate(env)
    const { stdout } = await dsapi(env, 'model', 'evaluate')
    expect(stdout).toMatch(/SCORE[\s\S]*accuracy[\s\S]*TRUE CLASS[\s\S]*█[\s\S]*PREDICTED/)
  })
})
