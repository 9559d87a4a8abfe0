import { readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openDatabase } from '@dsapi/db'
import { temporaryFolder, waitFor } from '@dsapi/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  demoKey,
  dsapi,
  generate,
  type OwnEnvironment,
  ownEnvironment,
  spawnDsapi,
  startHere,
} from './dsapi.ts'

// A model with a feature of text, missing values and a value as its answer is asked in every way that there is. What
// LightGBM answers is in the fixture.

const fixture = (name: string) =>
  fileURLToPath(new URL(`../../../packages/trees/test/fixtures/${name}`, import.meta.url))
const file = fixture('lgb-4.6.0-pandas.txt')

type Expected = {
  readonly feature_names: readonly string[]
  readonly input: readonly (readonly (string | number | null)[])[]
  readonly margin: readonly number[]
}
const {
  feature_names: names,
  input,
  margin,
}: Expected = JSON.parse(readFileSync(fixture('lgb-4.6.0-pandas.expected.json'), 'utf8'))
const few = input.slice(0, 6)
const values = margin.slice(0, 6).map((value) => ({ value }))
const objects = few.map((row) => Object.fromEntries(names.map((name, i) => [name, row[i]])))
const lines = (rows: readonly unknown[]) => rows.map((row) => `${JSON.stringify(row)}\n`).join('')

let env: OwnEnvironment
let api: Awaited<ReturnType<typeof startHere>>

beforeAll(async () => {
  env = { ...(await ownEnvironment()), DSAPI_PREDICTION_LOG: 'on', DSAPI_SLOW_SECONDS: '0' }
  await generate(env, { demoKeys: true })
  const added = await dsapi(env, 'model', 'add', file, '--name', 'shops', '--output', 'margin')
  expect(added).toMatchObject({ code: 0 })
  api = await startHere(env)
})
afterAll(() => api.stop())

type Answered = {
  readonly id?: string
  readonly state?: string
  readonly error?: string
  readonly predictions?: readonly unknown[]
}

const headers = { 'x-api-key': demoKey }
const get = async (path: string) => {
  const response = await fetch(api.url + path, { headers })
  return { status: response.status, body: (await response.json()) as Answered }
}
const post = async (path: string, body: string, type = 'application/json') => {
  const init = { method: 'POST', headers: { ...headers, 'content-type': type }, body }
  const response = await fetch(api.url + path, init)
  return { status: response.status, body: (await response.json()) as Answered }
}

/** What a job has made, once a worker has run it. */
const resultOf = async ({ status, body }: Awaited<ReturnType<typeof post>>, accept: string) => {
  expect(status, JSON.stringify(body)).toBe(202)
  const ended = async () => {
    const { body: job } = await get(`/jobs/${body.id}`)
    expect(job.state, job.error).not.toBe('failed')
    return job.state === 'succeeded'
  }
  await waitFor(ended)
  const init = { headers: { ...headers, accept } }
  return (await fetch(`${api.url}/jobs/${body.id}/result`, init)).text()
}

test('a path has its text, and leaves out what is missing', async () => {
  const [a, city, b] = few[0]
  const path = `/models/shops/predict/a/${a}/city/${encodeURIComponent(String(city))}/b/${b}`
  expect(await get(path)).toEqual({ status: 200, body: values[0] })
  const missing = await post('/models/shops/predict', JSON.stringify({ instances: [{ a, b }] }))
  expect(await get(`/models/shops/predict/a/${a}/b/${b}`)).toEqual({
    status: 200,
    body: missing.body.predictions?.[0],
  })
})

test('a body has rows as arrays and as objects', async () => {
  for (const instances of [few, objects]) {
    const { status, body } = await post('/models/shops/predict', JSON.stringify({ instances }))
    expect(status).toBe(200)
    expect(body.predictions).toEqual(values)
  }
})

test('a value of another type is refused with its name and what was expected', async () => {
  const instances = [
    { ...objects[0], city: 7 },
    { ...objects[1], a: 'much' },
  ]
  const { status, body } = await post('/models/shops/predict', JSON.stringify({ instances }))
  expect(status).toBe(400)
  expect(JSON.stringify(body)).toMatch(/city.*text/)
  expect(JSON.stringify(body)).toMatch(/a.*number/)
})

test('jobs keep values and types, in CSV and in NDJSON', async () => {
  const worker = spawnDsapi(['worker'], env)
  try {
    const slow = await post('/models/shops/predict-slow', JSON.stringify(objects[0]))
    expect(JSON.parse(await resultOf(slow, 'application/json'))).toMatchObject(values[0])
    const csv = [names, ...few].map((row) => `${row.join(',')}\n`).join('')
    const ndjson = lines(objects)
    for (const [body, type] of [
      [csv, 'text/csv'],
      [ndjson, 'application/x-ndjson'],
    ]) {
      const submitted = await post('/jobs/batch?model=shops', body, type)
      const asLines = await resultOf(submitted, 'application/x-ndjson')
      const rows = asLines
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line))
      expect(rows.map(({ value }) => ({ value }))).toEqual(values)
      const [header, ...cells] = (await resultOf(submitted, 'text/csv'))
        .trimEnd()
        .split('\n')
        .map((line) => line.split(','))
      const place = header.indexOf('value')
      expect(cells.map((row) => ({ value: Number(row[place]) }))).toEqual(values)
    }
  } finally {
    worker.kill('SIGTERM')
    await worker.ended()
  }
})

test('the log of predictions keeps text, and drift compares its shares', async () => {
  const instances = [...input, ...input]
  expect((await post('/models/shops/predict', JSON.stringify({ instances }))).status).toBe(200)
  const db = await openDatabase({ url: env.DATABASE_URL })
  const logged = async () =>
    db
      .selectFrom('predictions')
      .select(['features', 'answer'])
      .where('model_name', '=', 'shops')
      .execute()
  await waitFor(async () => (await logged()).length >= instances.length)
  const texts = (await logged()).map(({ features }) => JSON.parse(features))
  await db.destroy()
  expect(texts).toContainEqual(few[0])
  const data = join(await temporaryFolder(), 'shops.csv')
  const rows = input.map((row, i) => `${[...row, margin[i]].join(',')}\n`).join('')
  await writeFile(data, `${names.join(',')},price\n${rows}`)
  const found = ['--name', 'shops', '--data', data, '--label', 'price', '--json']
  const drift = await dsapi(env, 'model', 'drift', ...found)
  const { features } = JSON.parse(drift.stdout)
  const city = features.find(({ feature }: { readonly feature: string }) => feature === 'city')
  expect(city.texts.map(({ text }: { readonly text: string }) => text).toSorted()).toEqual([
    ...['Bern', 'Chur', 'Genf', 'Zürich'],
  ])
})
