import { emptyDatabase } from '@dsapi/testing'
import { beforeEach, expect, test } from 'vitest'
import { openDatabase } from '../connection/open-database.ts'
import type { Database } from '../schema.ts'
import { findNewestPrediction, insertPredictions, listNewestPredictions } from './predictions.ts'

let db: Database

beforeEach(async () => {
  db = await openDatabase({ url: await emptyDatabase() }, { create: true })
  return () => db.destroy()
})

const row = (at: number) => ({
  at,
  owner_id: 'owner',
  request_id: `"it's" 雪 ${at}`,
  kind: 'single',
  model: '1-9f86d081',
  model_name: 'churn',
  features: '[0.1,-1e-300]',
  answer: '{"class":"yes","class_probabilities":[0.1,0.9]}',
  latency_us: 57,
})
const add = (...times: number[]) => insertPredictions(db, times.map(row))
test('predictions are read as they were written', async () => {
  await add(1_800_000_000_000)
  expect(await findNewestPrediction(db, 'churn')).toEqual({ id: 1, ...row(1_800_000_000_000) })
})

test('none is the newest where there is none of that model', async () => {
  await add(1000)
  expect(await findNewestPrediction(db, 'default')).toBeUndefined()
})

test('the newest come first, and a page goes on where the one before ended', async () => {
  await add(5, 7, 7, 7, 3, 9)
  const seen: number[] = []
  let before: { at: number; id: number } | undefined
  for (;;) {
    const page = await listNewestPredictions(db, { since: 5, before, limit: 2 })
    if (page.length === 0) break
    seen.push(...page.map(({ at }) => at))
    before = page.at(-1)
  }
  expect(seen).toEqual([9, 7, 7, 7, 5])
})
