import { emptyDatabase } from '@dsapi/testing'
import { beforeEach, describe, expect, test } from 'vitest'
import { makeWorld, type World } from './running-worker.ts'

let world: World
beforeEach(async () => {
  world = await makeWorld(await emptyDatabase())
  return world.stop
})

const rows = [[0], [1], [2], [3]]

describe('a job is computed with the model that it was accepted for', () => {
  test('by a worker that serves another one with other columns', async () => {
    const accepted = await world.fit(rows, ['no', 'no', 'yes', 'yes'], ['x'])
    const slow = await world.submit({
      kind: 'slow-prediction',
      input: { x: 3 },
      modelVersion: accepted.tag,
    })
    const csv = { type: 'csv', columns: ['x'] } as const
    const batch = await world.submitBatch(csv, ['0\n3\n'], accepted)
    await world.fit(rows, ['up', 'up', 'down', 'down'], ['y'])
    await world.work()
    expect(await world.ended(slow)).toMatchObject({
      state: 'succeeded',
      attempts: 1,
      result: { class: 'yes', model_version: accepted.tag },
    })
    expect(await world.ended(batch)).toMatchObject({
      state: 'succeeded',
      attempts: 1,
      result: { model_version: accepted.tag, rows: 2, failed_rows: 0 },
    })
    expect((await world.output(batch)).join('')).toMatch(/^1,no,.*\n2,yes,.*\n$/)
  })

  test('by a worker that does not serve it yet', async () => {
    await world.fit(rows, ['up', 'up', 'down', 'down'], ['y'])
    await world.work()
    const accepted = await world.fit(rows, ['no', 'no', 'yes', 'yes'], ['x'])
    const csv = { type: 'csv', columns: ['x'] } as const
    const batch = await world.submitBatch(csv, ['0\n3\n'], accepted)
    expect(await world.ended(batch)).toMatchObject({
      state: 'succeeded',
      result: { model_version: accepted.tag, rows: 2, failed_rows: 0 },
    })
  })
})

test('a job whose model is gone fails at the first attempt, and says so', async () => {
  const accepted = await world.fit(rows, ['no', 'no', 'yes', 'yes'], ['x'])
  await world.fit(rows, ['no', 'no', 'yes', 'yes'], ['x'])
  await world.db.deleteFrom('model_versions').where('version', '=', accepted.version).execute()
  const input = { x: 3 }
  const id = await world.submit({ kind: 'slow-prediction', input, modelVersion: accepted.tag })
  await world.work()
  expect(await world.ended(id)).toMatchObject({
    state: 'failed',
    attempts: 1,
    error: `Model version ${accepted.tag}, for which this was accepted, is not in the database any more. Submit it again for the model that is served now`,
  })
})

test('a job whose model cannot be read any more fails at the first attempt, with the reason', async () => {
  const accepted = await world.fit(rows, ['no', 'no', 'yes', 'yes'], ['x'])
  await world.fit(rows, ['no', 'no', 'yes', 'yes'], ['x'])
  await world.db
    .updateTable('model_versions')
    .set({ sha256: accepted.sha256.replace(/.$/, 'x') })
    .where('version', '=', accepted.version)
    .execute()
  const input = { x: 3 }
  const id = await world.submit({ kind: 'slow-prediction', input, modelVersion: accepted.tag })
  await world.work()
  expect(await world.ended(id)).toMatchObject({
    state: 'failed',
    attempts: 1,
    error: `Model version ${accepted.tag}, for which this was accepted, cannot be read any more: it does not match its SHA-256, so its row was changed. Submit it again for the model that is served now`,
  })
})

test('a job that an older dsapi accepted is computed with the model that is served', async () => {
  const served = await world.fit(rows, ['no', 'no', 'yes', 'yes'], ['x'])
  const id = await world.submit({ kind: 'slow-prediction', input: { x: 3 } })
  await world.work()
  expect(await world.ended(id)).toMatchObject({ result: { model_version: served.tag } })
})
