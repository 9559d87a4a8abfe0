import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describeOnSqlite, temporaryFolder } from '@dsapi/testing'
import { beforeAll, expect, test } from 'vitest'
import { dsapi, type OwnEnvironment, ownEnvironment } from './dsapi.ts'

/** 60 rows of a rare class that overlaps with the other, with a text beside the numbers. */
const rows = Array.from({ length: 60 }, (_, i) => {
  const dose = ((i * 37) % 60) / 10
  const isRare = dose + 1.5 * Math.sin(i * i) > 4
  return `${dose},${((i * 17) % 23) / 5},${['red', 'blue'][i % 2]},${isRare ? 'yes' : 'no'}`
})

let env: OwnEnvironment
let data: string
let plain: string

beforeAll(async () => {
  env = await ownEnvironment()
  const folder = await temporaryFolder()
  data = join(folder, 'doses.csv')
  plain = join(folder, 'plain.csv')
  await writeFile(data, ['dose,age,colour,ill', ...rows].join('\n'))
  const withoutColour = rows.map((row) => row.replace(/,(?:red|blue)/, ''))
  await writeFile(plain, ['dose,age,ill', ...withoutColour].join('\n'))
})

const fit = async (path: string, ...options: string[]) => {
  const { code, stdout, stderr } = await dsapi(
    ...([env, 'model', 'fit', '--data', path, '--label', 'ill', '--json', ...options] as const),
  )
  expect({ code, stderr }).toMatchObject({ code: 0 })
  return JSON.parse(stdout)
}

test('a search finds C, a calibration and a threshold are stored, and are used for stored versions', async () => {
  const options = ['--C', 'search', '--calibrate', 'isotonic', '--threshold', 'cost:1:9']
  const fitted = await fit(data, ...options)
  expect(fitted.search.curve).toHaveLength(10)
  expect(fitted.search.curve.map(({ C }: { C: number }) => C)).toContain(fitted.search.C)
  expect(fitted.calibration).toMatchObject([{ method: 'isotonic' }])
  expect(fitted.threshold).toBeLessThan(0.5)

  const asked = ['--model', `default@${fitted.version}`, '--data', data, '--label', 'ill']
  const { stdout } = await dsapi(env, 'model', 'evaluate', ...asked, '--json')
  const { per_class: perClass, scores } = JSON.parse(stdout)
  expect(perClass.classes.map(({ label }: { label: string }) => label)).toEqual(['no', 'yes'])
  // A false negative is nine times as expensive, so hardly any is left.
  expect(perClass.classes[1].recall).toBeGreaterThan(0.9)
  expect(perClass.classes[1].prAuc).toBeGreaterThan(0.5)
  expect(perClass.accuracy).toBe(scores.accuracy)
  const shown = await dsapi(env, 'model', 'show')
  expect(shown.stdout).toContain(`yes from a probability of ${fitted.threshold} on`)
})

describeOnSqlite('what a fit is told to do', () => {
  test('a summary has standard errors and odds ratios', async () => {
    const { coefficients } = await fit(plain, '--penalty', 'none', '--summary')
    expect(coefficients.statistic).toBe('z')
    const names = coefficients.coefficients.map(({ name }: { name: string }) => name)
    expect(names).toEqual(['intercept', 'dose', 'age'])
    expect(coefficients.coefficients[1].oddsRatio).toBeGreaterThan(1)
  })

  test('the penalty l1 leaves columns out, also of a regression', async () => {
    const few = ['--label', 'dose', '--penalty', 'l1', '--C', '0.01', '--task', 'regression']
    expect(await fit(data, ...few)).toMatchObject({ estimator: 'Lasso', converged: true })
    const classes = await fit(plain, '--penalty', 'elasticnet', '--l1-ratio', '0.9')
    expect(classes).toMatchObject({ converged: true })
  })

  test('classes that are separated without a penalty are named as the reason', async () => {
    const separated = join(data, '..', 'separated.csv')
    await writeFile(separated, 'a,ill\n1,no\n2,no\n3,no\n4,yes\n5,yes\n6,yes')
    const options = ['--data', separated, '--label', 'ill', '--penalty', 'none']
    const { code, stderr } = await dsapi(env, 'model', 'fit', ...options)
    expect(code).toBe(0)
    expect(stderr).toContain('some columns separate the classes')
  })

  test('an evaluation has precision, recall and F1 of each class', async () => {
    const { stdout } = await dsapi(env, 'model', 'evaluate', '--data', data, '--label', 'ill')
    expect(stdout).toMatch(/CLASS +PRECISION +RECALL +F1 +PR AUC +ROWS/)
    expect(stdout).toMatch(/yes +0\.\d{4} +0\.\d{4} +0\.\d{4} +0\.\d{4} +\d+/)
  })

  test.each([
    ['ill', 'dose', 0.05],
    ['dose', 'ill', 0.05],
  ])('an evaluation of %s finds that %s is important', async (label, column, least) => {
    const asked = ['--data', data, '--label', label, '--importance', '--json']
    const { stdout } = await dsapi(env, 'model', 'evaluate', ...asked)
    const { importance } = JSON.parse(stdout)
    const found = importance.find((one: { column: string }) => one.column === column)
    expect(importance).toHaveLength(3)
    expect(found.mean).toBeGreaterThan(least)
  })

  test.each([
    [['--label', 'dose', '--threshold', '0.3'], '--threshold is for classes'],
    [['--label', 'ill', '--threshold', 'cost:1'], 'It must be cost:P:N'],
    [['--label', 'ill', '--threshold', '1.5'], 'It must be a number from 0 to 1'],
    [['--label', 'ill', '--summary'], '--summary needs --penalty none'],
    [['--label', 'ill', '--C', 'search', '--penalty', 'none'], '--C search needs a penalty'],
    [['--label', 'dose', '--C', 'search'], '--C search is for classes'],
  ])('options that do not go together are refused: %j', async (options, message) => {
    const { code, stderr } = await dsapi(env, 'model', 'fit', '--data', data, ...options)
    expect(code).toBe(2)
    expect(stderr).toContain(message)
  })
})
