import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Database, insertPredictions, listData, openDatabase } from '@dsapi/db'
import { describeOnSqlite, temporaryFolder } from '@dsapi/testing'
import { beforeEach, describe, expect, test } from 'vitest'
import {
  demoKey,
  dsapi,
  generate,
  type OwnEnvironment,
  ownEnvironment,
  startHere,
} from './dsapi.ts'

const iris = fileURLToPath(new URL('../../../docs/tutorial/iris.csv', import.meta.url))

let env: OwnEnvironment
let db: Database

beforeEach(async () => {
  env = await ownEnvironment()
  await generate(env, { demoKeys: true })
  db = await openDatabase({ url: env.DATABASE_URL })
  return () => db.destroy()
})

/** Asks a server that logs predictions for many, and stops it: it writes them at the latest then. */
const ask = async (instances: readonly (readonly number[])[]) => {
  const api = await startHere({ ...env, DSAPI_PREDICTION_LOG: 'on' })
  const headers = { 'x-api-key': demoKey }
  const body = JSON.stringify({ instances })
  const response = await fetch(`${api.url}/predict`, { method: 'POST', headers, body })
  expect(response.status).toBe(200)
  await response.arrayBuffer()
  await api.stop()
  const rows = await db.selectFrom('predictions').select('id').execute()
  expect(rows).toHaveLength(instances.length)
}

const trained = async () =>
  (await listData(db)).map(({ feature_a, feature_b }) => [feature_a, feature_b] as const)

/** Rows as a server logs them, `ageDays` ago. */
const logged = async (rows: readonly (readonly number[])[], { ageDays = 0, model = '1-x' } = {}) =>
  insertPredictions(
    db,
    rows.map((features) => ({
      at: Date.now() - ageDays * 86_400_000,
      owner_id: 'owner',
      request_id: 'request',
      kind: 'single',
      model,
      features: JSON.stringify(features),
      answer: '{"class":0,"class_probabilities":[0.9,0.1]}',
      latency_us: 50,
    })),
  )

const drift = (...args: string[]) => dsapi(env, 'model', 'drift', ...args)
const driftJson = async (...args: string[]) => {
  const { code, stdout, stderr } = await drift('--json', ...args)
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  return JSON.parse(stdout)
}
const verdicts = ({ features }: { features: { feature: string; verdict: string }[] }) =>
  Object.fromEntries(features.map(({ feature, verdict }) => [feature, verdict]))

describe('dsapi model drift, beside a server that logs', () => {
  test('finds the features that were fitted to stable', async () => {
    await ask(await trained())
    const found = await driftJson()
    expect(found).toMatchObject({ predictions: 100, trainingRows: 100, leftOut: 0 })
    expect(verdicts(found)).toEqual({ feature_a: 'stable', feature_b: 'stable' })
    expect(found.model).toMatch(/^1-[0-9a-f]{8}$/)
    expect(found.from <= found.to).toBe(true)
  })
})

describeOnSqlite('its comparison', () => {
  test('finds one that has moved, and draws it first', async () => {
    await ask((await trained()).map(([a, b]) => [a, b + 2]))
    const { code, stdout, stderr } = await drift()
    expect(code).toBe(0)
    expect(stderr).toMatch(/^100 predictions, .*Z to .*Z,\ncompared with 100 rows of training data/)
    expect(stdout).toMatch(/feature_b +\d\.\d{3} +< 0\.\d{3} +shifted\nfeature_a +0\.000 .* stable/)
    expect(stdout).toMatch(/\n\nfeature_b +TRAINED +RECENT\nup to [\s\S]*above .*█\n\nfeature_a /)
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80)
    expect(verdicts(await driftJson())).toEqual({ feature_a: 'stable', feature_b: 'shifted' })
  })

  test('tells how often each class was answered', async () => {
    await ask(Array.from({ length: 50 }, (_, i) => [i % 5, i < 40 ? 20 : -20]))
    const { answers, features } = await driftJson()
    expect(answers).toEqual([
      { class: 0, expectedShare: expect.any(Number), actualShare: 0.2 },
      { class: 1, expectedShare: expect.any(Number), actualShare: 0.8 },
    ])
    expect(features[1].bins[0]).toMatchObject({ expectedShare: 0.1, actualShare: 0.2 })
    expect(features[1].bins[0].lower).toBeUndefined()
    expect(features[1].bins.at(-1).upper).toBeUndefined()
  })

  test('draws a value that most rows have by itself', async () => {
    const flags = await writeRows(
      'flags.csv',
      Array.from({ length: 100 }, (_, i) => [i < 95 ? 1 : 0, 7]),
    )
    await dsapi(env, 'model', 'fit', '--data', flags, '--label', 'class')
    await ask(Array.from({ length: 60 }, (_, i) => [i % 2, i < 45 ? 7 : 8]))
    const { stdout } = await drift('--data', flags, '--label', 'class')
    expect(stdout.replace(/[█▏▎▍▌▋▊▉]/g, '')).toMatch(
      /\nbelow 1 +5\.0 % +50\.0 % *\nexactly 1 +95\.0 % +50\.0 % *\n/,
    )
    expect(stdout).toMatch(
      /\nexactly 7 +100\.0 % +█{16} +75\.0 % +█{12}\nabove 7 +0\.0 % +25\.0 % +█{4}\n/,
    )
  })

  test('compares with the CSV file that the model was fitted to', async () => {
    await dsapi(env, 'model', 'fit', '--data', iris, '--label', 'class')
    const wider = Array.from({ length: 90 }, (_, i) => [5 + (i % 20) / 10, 3, 1 + (i % 9) / 2, 9])
    await ask(wider)
    const found = await driftJson('--data', iris, '--label', 'class')
    expect(found).toMatchObject({ trainingRows: 150, predictions: 90 })
    expect(verdicts(found)).toMatchObject({ petal_width: 'shifted' })
    expect(found.answers).toHaveLength(3)
  })
})

describe('dsapi model drift, over what was logged', () => {
  test('says unclear where chance alone moves so few rows as far', async () => {
    const rows = await trained()
    const few = await writeRows('few.csv', rows.slice(0, 12))
    await logged(rows.slice(12, 72))
    const found = await driftJson('--data', few, '--label', 'class')
    for (const { psi, criticalValue, verdict } of found.features) {
      expect(psi).toBeGreaterThan(0.25)
      expect(psi).toBeLessThan(criticalValue)
      expect(verdict).toBe('unclear')
    }
  })

  test('looks back as far as it is told, and reads the newest up to a limit', async () => {
    const rows = await trained()
    await logged(rows.slice(0, 60))
    await logged(rows, { ageDays: 10 })
    expect(await driftJson()).toMatchObject({ predictions: 60 })
    expect(await driftJson('--days', '11')).toMatchObject({ predictions: 160 })
    const newest = await driftJson('--days', '11', '--limit', '55')
    expect(newest.predictions).toBe(55)
    expect(Date.now() - Date.parse(newest.from)).toBeLessThan(86_400_000)
  })

  test('takes features by name from any version, and leaves out those of other models', async () => {
    const rows = await trained()
    const lines = rows.map(([a, b], i) => `${b},${a},${i % 2}\n`)
    const swapped = await file('swapped.csv', `feature_b,feature_a,y\n${lines.join('')}`)
    await dsapi(env, 'model', 'fit', '--data', iris, '--label', 'class')
    await dsapi(env, 'model', 'fit', '--data', swapped, '--label', 'y')
    await logged(rows.slice(0, 50))
    await logged(Array(7).fill([5, 3, 1, 0.2]), { model: '2-x' })
    await logged(
      rows.slice(50).map(([a, b]) => [b, a]),
      { model: '3-x' },
    )
    const found = await driftJson()
    expect(found).toMatchObject({ predictions: 100, leftOut: 7 })
    expect(found.features.map(({ psi }: { psi: number }) => psi)).toEqual([0, 0])
    expect((await drift()).stderr).toContain(
      '7 predictions by models with other features were left out',
    )
  })
})

test('dsapi model drift compares with the file that a model was fitted to, without reading it again', async () => {
  await dsapi(env, 'model', 'fit', '--data', iris, '--label', 'class')
  const lines = (await readFile(iris, 'utf8')).trim().split('\n').slice(1)
  await logged(
    lines.map((line) => line.split(',').slice(0, 4).map(Number)),
    { model: '2-x' },
  )
  const { stdout } = await drift('--json')
  const found = JSON.parse(stdout)
  expect(found).toMatchObject({ predictions: 150, trainingRows: 150 })
  expect(found.features.map(({ psi }: { psi: number }) => psi)).toEqual([0, 0, 0, 0])
})

const ending = async (...args: string[]) => {
  const { code, stdout, stderr } = await drift(...args)
  expect(stdout).toBe('')
  expect(stderr.trim().split('\n')).toHaveLength(1)
  return { code, message: stderr.trim() }
}

describe('dsapi model drift says in one line', () => {
  test('that nothing is logged, and how to change that', async () => {
    const { code, message } = await ending()
    expect(code).toBe(1)
    expect(message).toContain(
      'No prediction is logged. Start the server with DSAPI_PREDICTION_LOG=on',
    )
  })

  test('that all is older than it looks back', async () => {
    await logged(await trained(), { ageDays: 8 })
    const { code, message } = await ending()
    expect(code).toBe(1)
    expect(message).toMatch(/in the last 7 days; the newest is from \d{4}-.*--days/)
  })

  test('that there are too few', async () => {
    await logged((await trained()).slice(0, 49))
    await logged([[1]], { model: '9-x' })
    const { code, message } = await ending()
    expect(code).toBe(1)
    expect(message).toMatch(/^49 predictions .* \(and 1 by models with other features\): .*50 are/)
  })
})

describeOnSqlite('dsapi model drift says in one line, too,', () => {
  test('that the training data is of another model', async () => {
    const model = { classes: [0, 1], coef: [[1]], intercept: [0], feature_names: ['sepal_length'] }
    await dsapi(env, 'model', 'import', await file('model.json', JSON.stringify(model)))
    const { code, message } = await ending()
    expect(code).toBe(1)
    expect(message).toContain('no column "sepal_length", which the served model 2-')
    expect(message).toContain('--data FILE --label COLUMN')
  })

  test('that options do not go together', async () => {
    expect(await ending('--data', iris)).toMatchObject({ code: 2 })
    expect((await drift('--days', '0')).code).toBe(2)
  })
})

const file = async (name: string, content: string) => {
  const place = join(await temporaryFolder(), name)
  await writeFile(place, content)
  return place
}

const writeRows = (name: string, rows: readonly (readonly number[])[]) =>
  file(
    name,
    ['feature_a,feature_b,class', ...rows.map((row, i) => `${row.join()},${i % 2}`)].join('\n'),
  )
