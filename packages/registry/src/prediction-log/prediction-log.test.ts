import { setTimeout } from 'node:timers/promises'
import { type Database, listNewestPredictions, openDatabase } from '@dsapi/db'
import { describeOnPostgres, emptyDatabase, startCommitLosingRelay, waitFor } from '@dsapi/testing'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { type LoggedInput, readLoggedInputs } from './logged-inputs.ts'
import {
  type LoggedPrediction,
  mostUnwritten,
  type PredictionLog,
  startPredictionLog,
} from './prediction-log.ts'

let db: Database
let url: string
let errors: unknown[]
let dropped: number[]
let log: PredictionLog

beforeEach(async () => {
  url = await emptyDatabase()
  db = await openDatabase({ url }, { create: true })
  errors = []
  dropped = []
  log = startPredictionLog(db, {
    onError: (error) => errors.push(error),
    onDropped: (count) => dropped.push(count),
  })
  return async () => {
    await log.stop()
    await db.destroy()
  }
})

const prediction = (at: number): LoggedPrediction => ({
  at,
  ownerId: 'owner',
  requestId: 'request',
  kind: 'single',
  modelName: 'churn',
  model: '3-9f86d081',
  features: [at, 0.1],
  answer: { class: 'yes', class_probabilities: [0.1, 0.9] },
  latencyMs: 0.0574,
})
const noteMany = (count: number) => {
  for (let i = 0; i < count; i++) log.record(prediction(i))
}
const rows = () => listNewestPredictions(db, { since: 0, limit: 2 * mostUnwritten })
const read = async (options: { since: number; limit: number }) => {
  const inputs: LoggedInput[] = []
  for await (const input of readLoggedInputs(db, options)) inputs.push(input)
  return inputs
}

/** Makes the table one that cannot be written, until the returned function is called. */
const hideTable = async () => {
  await db.schema.alterTable('predictions').renameTo('hidden').execute()
  return () => db.schema.alterTable('hidden').renameTo('predictions').execute()
}

test('a prediction is written by itself, within a second or so', async () => {
  log.record(prediction(5))
  await waitFor(async () => (await rows()).length === 1)
  expect(await rows()).toEqual([
    {
      id: 1,
      at: 5,
      owner_id: 'owner',
      request_id: 'request',
      kind: 'single',
      model: '3-9f86d081',
      model_name: 'churn',
      features: '[5,0.1]',
      answer: '{"class":"yes","class_probabilities":[0.1,0.9]}',
      latency_us: 57,
    },
  ])
})

test('what is not written yet is written at the end', async () => {
  noteMany(1234)
  await log.stop()
  expect(await rows()).toHaveLength(1234)
  expect(dropped).toEqual([])
})

test('what could not be written is written later, once', async () => {
  const showTable = await hideTable()
  noteMany(700)
  await log.flush()
  expect(errors).toHaveLength(1)
  await showTable()
  log.record(prediction(700))
  await log.flush()
  expect((await rows()).map(({ at }) => at)).toEqual(Array.from({ length: 701 }, (_, i) => 700 - i))
})

test('while another process has locked the table it waits, and predictions go on', async () => {
  const other = await openDatabase({ url })
  let isWritten = false
  let flushed = Promise.resolve()
  await other.transaction().execute(async (transaction) => {
    // A change of the table locks it on each engine: SQLite as a whole, PostgreSQL this table.
    await transaction.schema.alterTable('predictions').addColumn('more', 'integer').execute()
    log.record(prediction(1))
    flushed = log.flush().then(() => {
      isWritten = true
    })
    await setTimeout(100)
    noteMany(3)
    expect(isWritten).toBe(false)
  })
  await other.destroy()
  await flushed
  await log.flush()
  expect(await rows()).toHaveLength(4)
  expect(errors).toEqual([])
})

test('what does not fit into memory is dropped, and told of at the first and at the end', async () => {
  const showTable = await hideTable()
  noteMany(mostUnwritten + 3)
  expect(dropped).toEqual([1])
  expect(log.dropped()).toBe(3)
  await showTable()
  await log.stop()
  expect(dropped).toEqual([1, 3])
  expect(await rows()).toHaveLength(mostUnwritten)
})

test('what cannot be written at the end counts as dropped', async () => {
  await hideTable()
  noteMany(2)
  await log.stop()
  expect(dropped).toEqual([2])
})

test('the log is read back newest first, as far as it is asked for', async () => {
  noteMany(4500) // More than two pages.
  await log.flush()
  const inputs = await read({ since: 100, limit: 4200 })
  expect(inputs.map(({ at }) => at)).toEqual(Array.from({ length: 4200 }, (_, i) => 4499 - i))
  expect(inputs[0]).toEqual({
    at: 4499,
    version: 3,
    features: [4499, 0.1],
    answer: { class: 'yes', class_probabilities: [0.1, 0.9] },
  })
  expect(await read({ since: 4400, limit: 4200 })).toHaveLength(100)
})

test.each([
  ['a value', { value: -1.5 }],
  ['several values', { values: { low: 0, high: 2 } }],
])('texts, missing values and an answer of %s are read back as they were', async (_, answer) => {
  const features = [1.5, null, 'null', '\u0000 雪 \ud800']
  log.record({ ...prediction(1), features, answer })
  await log.flush()
  expect(await read({ since: 0, limit: 1 })).toEqual([{ at: 1, version: 3, features, answer }])
})

test('a row that was changed by hand is told of', async () => {
  noteMany(1)
  await log.flush()
  await db.updateTable('predictions').set({ features: '[[1]]' }).execute()
  await expect(read({ since: 0, limit: 1 })).rejects.toThrow('prediction 1 is not as dsapi writes')
})

describeOnPostgres('a commit whose answer is lost', () => {
  test.each(['made', 'not made'])('leaves each prediction once, when it was %s', async (commit) => {
    const relay = await startCommitLosingRelay(url)
    onTestFinished(relay.stop)
    const behind = await openDatabase({ url: relay.url })
    onTestFinished(() => behind.destroy())
    const failures: unknown[] = []
    const logBehind = startPredictionLog(behind, {
      onError: (error) => failures.push(error),
      onDropped: () => {},
    })
    onTestFinished(logBehind.stop)
    const restore = commit === 'made' ? undefined : await hideTable()
    relay.loseCommitAfter('predictions')
    for (let i = 0; i < 3; i++) logBehind.record(prediction(i))
    await logBehind.flush()
    expect(failures.length).toBeGreaterThan(0)
    await restore?.()
    logBehind.record(prediction(3))
    await waitFor(async () => {
      await logBehind.flush()
      return (await rows()).length >= 4
    })
    expect((await rows()).map(({ at }) => at)).toEqual([3, 2, 1, 0])
    if (commit === 'made') expect(relay.lost()).toBe(1)
  })
})
