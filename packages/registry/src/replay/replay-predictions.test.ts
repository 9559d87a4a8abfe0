import { type Database, insertPredictions } from '@dsapi/db'
import { LogisticRegression } from '@dsapi/model'
import { emptyDatabase } from '@dsapi/testing'
import { beforeEach, expect, test } from 'vitest'
import { add, by, newHost, openNew } from '../../test/a-model.ts'
import { loadVersion } from '../loading/load-version.ts'
import type { ModelHost } from '../loading/model-host.ts'
import { removeVersion } from '../versions/remove-version.ts'
import { replayPredictions } from './replay-predictions.ts'

let db: Database
let host: ModelHost

beforeEach(async () => {
  db = await openNew(await emptyDatabase())
  host = await newHost()
})

/** Adds a version with these features, which says "yes" where the first is above 1.5, or below. */
const addVersion = (featureNames: readonly string[], isAbove = true) => {
  const rows = [0, 1, 2, 3].map((value) => featureNames.map((_, j) => (j === 0 ? value : 0)))
  const y = isAbove ? ['no', 'no', 'yes', 'yes'] : ['yes', 'yes', 'no', 'no']
  const model = new LogisticRegression().fit(rows, y, { featureNames })
  return add(db, host, { file: new TextEncoder().encode(JSON.stringify(model)), serve: true })
}

const log = (model: string, features: readonly unknown[], { at = 1000, name = 'churn' } = {}) =>
  insertPredictions(db, [
    {
      ...{ at, owner_id: 'owner', request_id: 'request', kind: 'single', latency_us: 1 },
      ...{ model, model_name: name, features: JSON.stringify(features) },
      answer: '{"class":"yes","class_probabilities":[0.1,0.9]}',
    },
  ])

const replay = async (version: number, { since = 0, limit = 100 } = {}) => {
  const stored = await loadVersion(db, host, { name: 'churn', version })
  if (stored === undefined) throw new Error('It was added')
  return replayPredictions(db, stored, { since, limit })
}

test('logged rows are answered again, in the order of the version that answers', async () => {
  const { tag } = await addVersion(['x', 'y'])
  await addVersion(['y', 'x'], false)
  await log(tag, [0, 3], { at: 1000 })
  await log(tag, [3, 0], { at: 2000 })
  const { changes, ...rest } = await replay(2)
  expect(rest).toEqual({ from: 1000, to: 2000, leftOut: 0 })
  expect(changes).toMatchObject({ rows: 2, changed: 1, refused: 0 })
  const [worst] = changes.worst
  expect(worst).toMatchObject({
    ...{ source: { at: 1000, version: 1 }, row: [3, 0] },
    ...{ before: { class: 'yes' }, after: { class: 'no' } },
  })
})

test('rows that lack a feature, or have it in another type, have no answer', async () => {
  const { tag } = await addVersion(['x'])
  await addVersion(['x', 'y'])
  await log(tag, [1], { at: 1000 })
  await addVersion(['x'])
  await log(tag, ['text'], { at: 2000 })
  const lacking = (await replay(2)).changes
  expect(lacking).toMatchObject({ rows: 0, refused: 2 })
  expect(lacking.refusals[1]).toEqual({
    source: { at: 1000, version: 1 },
    problem: 'y is missing',
  })
  expect((await replay(3)).changes.refusals).toEqual([
    { source: { at: 2000, version: 1 }, problem: 'x is not a finite decimal number' },
  ])
})

test('those of other models, of earlier times and beyond the limit are not read', async () => {
  const { tag } = await addVersion(['x'])
  await log(tag, [1], { name: 'fraud' })
  for (const at of [1000, 2000, 3000]) await log(tag, [1], { at })
  expect((await replay(1)).changes.rows).toBe(3)
  expect((await replay(1, { since: 2000 })).changes.rows).toBe(2)
  expect((await replay(1, { limit: 1 })).from).toBe(3000)
})

test('those by a version that was removed are left out', async () => {
  const { tag } = await addVersion(['x'])
  await addVersion(['x'])
  await log(tag, [1])
  await removeVersion(db, { name: 'churn', version: 1, ...by })
  expect(await replay(2)).toMatchObject({ leftOut: 1, changes: { rows: 0, refused: 0 } })
})
