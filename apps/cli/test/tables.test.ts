import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'
import { describeOnSqlite, temporaryFolder } from '@dsapi/testing'
import { beforeAll, describe, expect, test } from 'vitest'
import {
  demoKey,
  dsapi,
  generate,
  type OwnEnvironment,
  ownEnvironment,
  serveHere,
} from './dsapi.ts'

// Small tables of the kinds that people have: texts, missing values, ids, no header, other separators and encodings.

const main = fileURLToPath(new URL('../src/main.js', import.meta.url))

let env: OwnEnvironment
let folder: string

beforeAll(async () => {
  env = await ownEnvironment()
  folder = await temporaryFolder()
  await generate(env, { demoKeys: true })
})

const file = async (name: string, content: string | Uint8Array) => {
  const path = join(folder, name)
  await writeFile(path, content)
  return path
}

const rows = (n: number, row: (i: number) => string) => Array.from({ length: n }, (_, i) => row(i))

const fit = async (path: string, label: string, ...options: string[]) => {
  const given = ['--data', path, '--label', label, '--json']
  const { code, stdout, stderr } = await dsapi(env, 'model', 'fit', ...given, ...options)
  if (code !== 0) throw new Error(stderr)
  const report = JSON.parse(stdout)
  return { ...report, stderr, use: useOf(report.columns) }
}

type Column = { readonly name: string; readonly kind: string; readonly use: string }

const useOf = (columns: readonly Column[]) =>
  Object.fromEntries(columns.map(({ name, kind, use }) => [name, `${kind}: ${use}`]))

/** Passengers: texts, True and False, missing cells, an id, names, and the label once more as text. */
const passengers = [
  'PassengerId,survived,sex,age,alone,deck,name,alive',
  ...rows(60, (i) =>
    [
      i + 1,
      Number(i % 3 === 0 || i % 7 === 0),
      i % 2 ? 'male' : 'female',
      i % 5 ? 20 + (i % 17) : '',
      i % 4 ? 'True' : 'False',
      i % 3 ? '' : 'ABC'[i % 4 === 3 ? 0 : i % 3],
      `"Person, no. ${i}"`,
      i % 3 === 0 || i % 7 === 0 ? 'yes' : 'no',
    ].join(','),
  ),
].join('\n')

describeOnSqlite('a table with texts and missing values', () => {
  test('is fitted with what becomes of each column, and served with texts and null', async () => {
    const path = await file('passengers.csv', passengers)
    const report = await fit(path, 'survived', '--name', 'titanic')
    expect(report.use).toEqual({
      PassengerId: 'number: left out',
      survived: 'number: label',
      sex: 'category: categories',
      age: 'number: number',
      alone: 'boolean: number',
      deck: 'category: categories',
      name: 'text: left out',
      alive: 'category: left out',
    })
    const url = await serveHere(env)
    const headers = { 'X-API-Key': demoKey }
    const ask = async (instance: object) => {
      const body = JSON.stringify({ instances: [instance] })
      const address = `${url}/models/titanic/predict`
      const response = await fetch(address, { method: 'POST', headers, body })
      return JSON.parse(await response.text())
    }
    const { predictions } = await ask({ sex: 'female', age: null, alone: true })
    expect(predictions[0].class_probabilities).toHaveLength(2)
    const unknown = await ask({ sex: 'woman', age: 30, alone: true })
    expect(unknown.detail).toEqual([
      {
        field: 'instances[0].sex',
        message: expect.stringContaining('expected one of "female", "male"'),
      },
    ])
    const path2 = 'sex/female/age/30/alone/True'
    const got = await fetch(`${url}/models/titanic/predict/${path2}`, { headers })
    expect(got.status).toBe(200)
  })

  test('is drawn before the fit', async () => {
    const path = await file('passengers.csv', passengers)
    const given = ['--data', path, '--label', 'survived']
    const { stderr } = await dsapi(env, 'model', 'fit', ...given)
    expect(stderr).toMatch(/^COLUMN +KIND +MISSING +DISTINCT +USE\n/)
    expect(stderr).toMatch(/\nage +number +12 +\d+ +scaled, missing: the median\n/)
    expect(stderr).toMatch(/\nname +text +0 +60 +left out: an id: a text of its own in each row\n/)
  })

  test('is evaluated with categories that are in one row only, and scored when it is stored', async () => {
    const path = await file('rare.csv', `${passengers}\n61,1,other,30,True,,Z,yes`)
    const given = ['--data', path, '--label', 'survived', '--json']
    const folds = await dsapi(env, 'model', 'evaluate', ...given)
    expect(JSON.parse(folds.stdout).scores.accuracy).toBeGreaterThan(0.4)
    await fit(path, 'survived', '--name', 'stored')
    const stored = await dsapi(env, 'model', 'evaluate', '--name', 'stored', ...given)
    expect(JSON.parse(stored.stdout)).toMatchObject({ rows: 61, refused: 0 })
  })
})

describe('columns are chosen', () => {
  const table = [
    'id,a,b,w,y',
    ...rows(30, (i) => `${i},${i % 7},${i % 4},${1 + (i % 2)},${i % 3 === 0}`),
  ].join('\n')

  test.each<[string[], Record<string, string>]>([
    [['--drop', 'b,w'], { id: 'number: left out', a: 'number: number', b: 'unread: left out' }],
    [['--features', '2,b'], { a: 'number: number', b: 'number: number', w: 'unread: left out' }],
    [['--categorical', 'b'], { b: 'category: categories', w: 'number: number' }],
    [['--weight', 'w'], { w: 'unread: weight' }],
  ])('by %j', async (options, expected) => {
    const path = await file('columns.csv', table)
    expect((await fit(path, 'y', ...options)).use).toMatchObject(expected)
  })

  test('and weights count', async () => {
    const path = await file('columns.csv', table)
    const plain = await fit(path, 'y', '--drop', 'w')
    expect((await fit(path, 'y', '--weight', 'w')).objective).toBeGreaterThan(plain.objective)
  })
})

describe('a file is read', () => {
  const records = rows(30, (i) =>
    [`${i},5`, i % 3 ? 'M\u00e1laga' : 'Oslo', i % 2 ? 'ja' : 'nein'].join(';'),
  )
  const text = `größe;ort;ziel\r\n${records.join('\r\n')}\r\n`
  const latin1 = Buffer.from(text, 'latin1')

  test.each<[string, string | Uint8Array, string[]]>([
    ['in UTF-8 with semicolons and decimal commas', text, []],
    ['in UTF-8 with a mark', `\ufeff${text}`, []],
    ['in UTF-16', Buffer.from(`\ufeff${text}`, 'utf16le'), []],
    ['in big-endian UTF-16', Buffer.from(`\ufeff${text}`, 'utf16le').swap16(), []],
    ['in UTF-16 without a mark', Buffer.from(text, 'utf16le'), ['--encoding', 'utf-16']],
    ['in Windows-1252', latin1, ['--encoding', 'windows-1252']],
    ['packed by gzip', gzipSync(text), []],
    ['packed by gzip and in Latin-1', gzipSync(latin1), ['--encoding', 'latin1']],
    ['of Excel', `sep=;\r\n${text}`, []],
    ['with tabs', text.replaceAll(';', '\t'), []],
    ['with bars', text.replaceAll(';', '|'), []],
  ])('%s', async (_, content, options) => {
    const report = await fit(await file('encoded.csv', content), 'ziel', ...options)
    expect(report).toMatchObject({ rows: 30, task: 'classification' })
    expect(report.use).toEqual({
      größe: 'number: number',
      ort: 'category: categories',
      ziel: 'category: label',
    })
  })

  test.each<[string, string | Uint8Array, string[], string]>([
    [
      'Latin-1',
      latin1,
      [],
      'is not UTF-8, on line 1. Expected text in UTF-8. If it is Latin-1 or Windows-1252: --encoding windows-1252',
    ],
    [
      'UTF-8 as Windows-1252',
      text,
      ['--encoding', 'windows-1252'],
      'is UTF-8, and not windows-1252',
    ],
    ['UTF-8 as UTF-16', text, ['--encoding', 'utf-16'], 'is not UTF-16'],
    [
      'UTF-16 as UTF-8',
      Buffer.from(`\ufeff${text}`, 'utf16le'),
      ['--encoding', 'utf-8'],
      'is UTF-16, and not utf-8',
    ],
    [
      'a byte that Windows-1252 has not',
      Buffer.from('a,y\n1,\x81\n', 'latin1'),
      ['--encoding', 'cp1252'],
      'not windows-1252, on line 1',
    ],
    ['gzip that is cut off', gzipSync(text).subarray(0, 60), [], 'damaged or cut off'],
    ['a zip archive', Buffer.from('504b030414000000', 'hex'), [], 'zip archive or a workbook'],
  ])('unless its bytes are not what they should be: %s', async (_, content, options, message) => {
    const path = await file('wrong.csv', content)
    const given = ['--data', path, '--label', 'ziel', ...options]
    const { code, stderr } = await dsapi(env, 'model', 'fit', ...given)
    expect(code).toBe(1)
    expect(stderr).toContain(message)
    expect(stderr).not.toContain('\ufffd')
  })

  test('without a header, which is said', async () => {
    const path = await file(
      'bare.csv',
      rows(30, (i) => `${i % 9}.5, Private, ${i % 4 ? '?' : 3}, <=${i % 2}K`).join('\n'),
    )
    const report = await fit(path, '-1')
    expect(report.stderr).toContain('The first line looks like data')
    expect(report.use).toEqual({
      column_1: 'number: number',
      column_2: 'category: left out',
      column_3: 'number: left out',
      column_4: 'category: label',
    })
    expect((await fit(path, '4', '--no-header', '--name', 'bare')).rows).toBe(30)
    const given = ['--name', 'bare', '--data', path, '--label', 'last', '--json']
    const stored = await dsapi(env, 'model', 'evaluate', ...given)
    expect(JSON.parse(stored.stdout)).toMatchObject({ rows: 30, refused: 0 })
  })
})

describeOnSqlite('the standard input', () => {
  test('is read for -', async () => {
    const path = await file('piped.csv', passengers)
    const command = `"${process.execPath}" "${main}" model fit --data - --label survived --json < "${path}"`
    const { stdout } = await promisify(execFile)('bash', ['-c', command], {
      env: { PATH: process.env.PATH, ...env },
    })
    expect(JSON.parse(stdout)).toMatchObject({ rows: 60 })
  })
})

describe('labels that are many different numbers', () => {
  const houses = [
    'size,town,price',
    ...rows(80, (i) => `${50 + i},${'abc'[i % 3]},${1000 * i + 500 * (i % 3)}`),
  ].join('\n')

  test('are predicted as numbers, and served as values', async () => {
    const path = await file('houses.csv', houses)
    const report = await fit(path, 'price', '--name', 'houses')
    expect(report).toMatchObject({ task: 'regression', estimator: 'Ridge', alpha: 1 })
    const url = await serveHere(env)
    const address = `${url}/models/houses/predict/size/60/town/b`
    const response = await fetch(address, { headers: { 'X-API-Key': demoKey } })
    expect(JSON.parse(await response.text()).value).toBeCloseTo(10_500, -3)
  })

  test('are scored by R2 and errors, with a plot', async () => {
    const path = await file('houses.csv', houses)
    const given = ['--data', path, '--label', 'price', '--penalty', 'none']
    const { stdout } = await dsapi(env, 'model', 'evaluate', ...given)
    expect(stdout).toMatch(/R2 +1\nMAE[\s\S]*RMSE[\s\S]*PREDICTED by ACTUAL\n79500 │/)
    const json = await dsapi(env, 'model', 'evaluate', ...given, '--json')
    expect(JSON.parse(json.stdout).scores.R2).toBeCloseTo(1)
  })

  test('are numbers to scikit-learn’s last digits where there are numbers alone and no penalty', async () => {
    const path = await file(
      'line.csv',
      ['a,b,y', ...rows(30, (i) => `${i},${(i * i) % 11},${3 * i - 2 * ((i * i) % 11) + 7}`)].join(
        '\n',
      ),
    )
    await fit(path, 'y', '--penalty', 'none', '--name', 'line')
    const { stdout } = await dsapi(env, 'model', 'show', 'line', '--json')
    expect(JSON.parse(stdout)).toMatchObject({ format: 'dsapi-linear-regression' })
  })

  test('are classes where that is asked for, and few numbers are numbers where that is', async () => {
    const path = await file(
      'wine.csv',
      ['a,quality', ...rows(60, (i) => `${i % 11},${3 + (i % 6)}`)].join('\n'),
    )
    expect(await fit(path, 'quality')).toMatchObject({ task: 'classification' })
    expect(await fit(path, 'quality', '--task', 'regression')).toMatchObject({ task: 'regression' })
    const prices = await file('houses.csv', houses)
    expect(await fit(prices, 'price', '--task', 'classification', '--max-iter', '1')).toMatchObject(
      { task: 'classification' },
    )
  })
})
