import { type Database, insertApiKey, inTransaction, openDatabase } from '@dsapi/db'
import { emptyDatabase } from '@dsapi/testing'
import { beforeEach, expect, test } from 'vitest'
import { createEndedJobs, type EndedJob } from './ended-jobs.ts'

let db: Database

beforeEach(async () => {
  db = await openDatabase({ url: await emptyDatabase() }, { create: true })
  const row = { name: 'test', hash: 'h', prefix: '', suffix: '', created_at: 0 }
  await insertApiKey(db, { id: 'key', ...row })
  return () => db.destroy()
})

/** The rows of jobs that ended at these instants, a second after they were made. */
const ended = async (
  instants: readonly number[],
  state: 'succeeded' | 'cancelled' = 'succeeded',
) => {
  await inTransaction(db, async (transaction) => {
    for (const [index, at] of instants.entries()) {
      await transaction
        .insertInto('jobs')
        .values({
          id: `${at}-${index}`,
          key_id: 'key',
          state,
          input: '{}',
          attempt: 1,
          released: 0,
          created_at: at - 1000,
          run_at: at - 1000,
          started_at: state === 'cancelled' ? null : at - 250,
          finished_at: at,
        })
        .execute()
    }
  })
}

const told = async (ask: ReturnType<typeof createEndedJobs>, now: number) => {
  const jobs: EndedJob[] = []
  await ask((job) => jobs.push(job), now)
  return jobs
}

test('each job is told of once, how long it waited and ran', async () => {
  const ask = createEndedJobs(db, 1000)
  await ended([2000])
  expect(await told(ask, 5000)).toEqual([
    { kind: 'slow-prediction', state: 'succeeded', waitSeconds: 0.75, runSeconds: 0.25 },
  ])
  expect(await told(ask, 6000)).toEqual([])
})

test('one that was never begun has neither waited nor run', async () => {
  const ask = createEndedJobs(db, 1000)
  await ended([2000], 'cancelled')
  expect(await told(ask, 5000)).toMatchObject([
    { state: 'cancelled', waitSeconds: undefined, runSeconds: undefined },
  ])
})

test('what ended before it was first asked is not told, nor what ended a moment ago', async () => {
  const ask = createEndedJobs(db, 1000)
  await ended([900, 4500])
  expect(await told(ask, 5000)).toEqual([])
  expect(await told(ask, 7000)).toHaveLength(1)
})

test('many that ended in the same instant are all told of, also by several who ask at once', async () => {
  const ask = createEndedJobs(db, 1000)
  await ended(Array.from({ length: 2500 }, (_, i) => 2000 + Math.floor(i / 2400)))
  const [first, second] = await Promise.all([told(ask, 5000), told(ask, 5000)])
  expect(first.length + second.length).toBe(2500)
})
