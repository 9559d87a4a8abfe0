import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { type Database, insertApiKey, openDatabase } from '@dsapi/db'
import { describeWithRedis, startRedis, temporaryFolder, waitFor } from '@dsapi/testing'
import { beforeEach, describe, expect, test } from 'vitest'
import { createDispatcher } from './create-dispatcher.ts'
import { getJob, type JobId } from './job.ts'
import { JobError } from './job-error.ts'
import type { Handler } from './run-job.ts'
import { startWorker, type WorkerOptions } from './start-worker.ts'
import { QueueFullError, submitJob } from './submit-job.ts'

const keyId = 'k1'

const quickly: Omit<WorkerOptions, 'handler'> = {
  concurrency: 4,
  leaseMs: 300,
  maxAttempts: 3,
  keepMs: 60_000,
  onError: () => {},
}

/** A worker that holds one job and does not renew its claim, as if it hung: once its lease is cut,
 * it looks dead to all others. */
const silently = { concurrency: 1, leaseMs: 1_000_000 }

/** What every job can rely on, whichever way the ids travel. */
const lifeOfAJob = (redisUrl: () => string | undefined) => {
  let db: Database
  let path: string
  let stopAll: (() => Promise<void>)[]

  beforeEach(async () => {
    stopAll = []
    path = join(await temporaryFolder(), 'test.sqlite')
    db = await openDatabase(path, { create: true })
    const row = { name: 'test', hash: 'h', prefix: '', suffix: '', created_at: 0 }
    await insertApiKey(db, { id: keyId, ...row })
    return async () => {
      for (const stop of stopAll.reverse()) await stop()
      await db.destroy()
    }
  })

  const dispatcher = () => {
    const made = createDispatcher(db, redisUrl(), () => {})
    stopAll.push(made.close)
    return made
  }

  const work = (handler: Handler, options: Partial<WorkerOptions> = {}) => {
    const worker = startWorker(db, dispatcher(), { ...quickly, ...options, handler })
    stopAll.push(() => worker.stop(0))
    return worker
  }

  const submit = (input: unknown, limit = 100) =>
    submitJob(db, dispatcher(), { keyId, input, limit })

  const job = (id: JobId) => getJob(db, { id, keyId })
  const ended = async (id: JobId) => {
    await waitFor(async () => ['succeeded', 'failed'].includes((await job(id))?.state ?? ''))
    return job(id)
  }

  test('a job waits until a worker comes, and ends with its result', async () => {
    const id = await submit({ x: 2 })
    expect(await job(id)).toMatchObject({ state: 'queued' })
    work(async ({ input }) => ({ got: input }))
    expect(await ended(id)).toMatchObject({ state: 'succeeded', result: { got: { x: 2 } } })
  })

  test('a worker that waits takes a new job', async () => {
    work(async () => 'done')
    const id = await submit({})
    expect(await ended(id)).toMatchObject({ state: 'succeeded', result: 'done' })
  })

  test('many jobs on two workers are each computed once', async () => {
    const computed: unknown[] = []
    const handler: Handler = async ({ input }) => computed.push(input)
    work(handler)
    work(handler)
    const ids = await Promise.all(Array.from({ length: 100 }, (_, i) => submit(i)))
    for (const id of ids) expect(await ended(id)).toMatchObject({ state: 'succeeded' })
    expect(computed.toSorted((a, b) => Number(a) - Number(b))).toEqual(ids.map((_, i) => i))
  })

  test('no more run at a time than the worker may hold', async () => {
    let running = 0
    let most = 0
    work(
      async () => {
        most = Math.max(most, ++running)
        await setTimeout(20)
        running--
        return null
      },
      { concurrency: 2 },
    )
    const ids = await Promise.all(Array.from({ length: 10 }, () => submit({})))
    for (const id of ids) await ended(id)
    expect(most).toBe(2)
  })

  test('a handler that throws is tried again', async () => {
    let tries = 0
    work(async () => {
      if (++tries === 1) throw new Error('not today')
      return tries
    })
    expect(await ended(await submit({}))).toMatchObject({ state: 'succeeded', result: 2 })
  })

  test('a failure that is meant for the owner is told to them when the attempts are used up', async () => {
    work(
      async () => {
        throw new JobError('feature_c is missing')
      },
      { maxAttempts: 1 },
    )
    expect(await ended(await submit({}))).toMatchObject({
      state: 'failed',
      error: 'feature_c is missing',
    })
  })

  test('any other failure keeps its words to itself', async () => {
    work(
      async () => {
        throw new Error('ENOENT /etc/secret')
      },
      { maxAttempts: 1 },
    )
    expect(await ended(await submit({}))).toMatchObject({
      state: 'failed',
      error: 'Internal error',
    })
  })

  test('a result is not lost when another holds the lock as it is to be written', async () => {
    const other = await openDatabase(path)
    stopAll.push(() => other.destroy())
    let computed = 0
    const handler = async () => {
      computed++
      const locked = Promise.withResolvers<void>()
      // An update in an open transaction keeps every other connection from writing.
      void other.transaction().execute(async (transaction) => {
        await transaction.updateTable('api_keys').set({ name: 'locked' }).execute()
        locked.resolve()
        await setTimeout(50)
      })
      await locked.promise
      return 'kept'
    }
    // A wait for the lock stops the whole process, so a lease is longer than such a wait.
    work(handler, { leaseMs: 5000 })
    expect(await ended(await submit({}))).toMatchObject({ state: 'succeeded', result: 'kept' })
    expect(computed).toBe(1)
  })

  test('a job whose worker falls silent goes to another, and the silent one writes nothing', async () => {
    const silent = work(async ({ signal }) => {
      await setTimeout(60_000, undefined, { signal }).catch(() => {})
      return 'late'
    }, silently)
    const id = await submit({})
    await waitFor(async () => (await job(id))?.state === 'running')
    await db.updateTable('jobs').set({ lease_until: 1 }).execute()
    work(async () => 'in time')
    expect(await ended(id)).toMatchObject({ state: 'succeeded', result: 'in time' })
    await silent.stop(0)
    expect(await job(id)).toMatchObject({ state: 'succeeded', result: 'in time' })
  })

  test('a job that its worker never survives is failed in the end', async () => {
    const id = await submit({})
    for (let attempt = 1; attempt <= quickly.maxAttempts; attempt++) {
      work(({ signal }) => setTimeout(60_000, undefined, { signal }), silently)
      await waitFor(async () => {
        const row = await db.selectFrom('jobs').selectAll().executeTakeFirst()
        return row?.state === 'running' && row.attempt === attempt
      })
      await db.updateTable('jobs').set({ lease_until: 1 }).execute()
    }
    expect(await ended(id)).toMatchObject({
      state: 'failed',
      error: expect.stringContaining('worker stopped'),
    })
  })

  test('a worker that stops finishes what it holds', async () => {
    const worker = work(async () => {
      await setTimeout(100)
      return 'finished'
    })
    const id = await submit({})
    await waitFor(async () => (await job(id))?.state === 'running')
    await worker.stop(10_000)
    expect(await job(id)).toMatchObject({ state: 'succeeded', result: 'finished' })
  })

  test('a worker that must stop now gives its job back, and that is not an attempt', async () => {
    const worker = work(({ signal }) => setTimeout(60_000, undefined, { signal }))
    const id = await submit({})
    await waitFor(async () => (await job(id))?.state === 'running')
    await worker.stop(0)
    expect(await job(id)).toMatchObject({ state: 'queued' })
    work(async () => 'by the next', { maxAttempts: 1 })
    expect(await ended(id)).toMatchObject({ state: 'succeeded', result: 'by the next' })
  })

  test("another key's job is not to be found", async () => {
    const id = await submit({})
    expect(await getJob(db, { id, keyId: 'k2' })).toBeUndefined()
  })

  test('a full queue takes no more', async () => {
    await submit({}, 1)
    await expect(submit({}, 1)).rejects.toThrow(QueueFullError)
  })

  test('a finished job is cleared away after its time', async () => {
    work(async () => 'done', { keepMs: 0 })
    const id = await submit({})
    await waitFor(async () => (await job(id)) === undefined)
  })
}

describe('a job, with the database alone', () => lifeOfAJob(() => undefined))

describeWithRedis('a job, with bee-queue on Redis', () => {
  let url: string

  beforeEach(async () => {
    const redis = await startRedis()
    url = redis.url
    return () => redis.stop()
  })

  lifeOfAJob(() => url)
})
