import { setTimeout } from 'node:timers/promises'
import { type Database, insertApiKey, openDatabase } from '@dsapi/db'
import {
  describeWithRedis,
  emptyDatabase,
  type RedisServer,
  startRedis,
  waitFor,
} from '@dsapi/testing'
import { Redis } from 'ioredis'
import { beforeEach, expect, test } from 'vitest'
import { getJob, type JobId } from '../jobs/job.ts'
import { countWaitingJobs } from '../jobs/job-stats.ts'
import { createJobQueue } from '../jobs/submit-job.ts'
import type { Handler } from '../work/run-job.ts'
import { startWorker, type WorkerOptions } from '../work/start-worker.ts'
import type { Dispatcher } from './dispatcher.ts'
import { createRedisDispatcher } from './redis-dispatcher.ts'

const keyId = 'k1'

describeWithRedis('Redis is only a doorbell', () => {
  let redis: RedisServer
  let db: Database
  let dispatcher: Dispatcher
  let stopAll: (() => Promise<void>)[]

  beforeEach(async () => {
    redis = await startRedis()
    db = await openDatabase({ url: await emptyDatabase() }, { create: true })
    const row = { name: 'test', hash: 'h', prefix: '', suffix: '', created_at: 0 }
    await insertApiKey(db, { id: keyId, ...row })
    dispatcher = createRedisDispatcher(redis.url, () => {})
    stopAll = [() => db.destroy(), redis.stop, dispatcher.close]
    return async () => {
      for (const stop of stopAll.reverse()) await stop()
    }
  })

  /** A worker that, once it has begun, looks only when it is rung for. */
  const work = (options: Partial<WorkerOptions> = {}) => {
    const own = createRedisDispatcher(redis.url, () => {}, { lookMs: 3_600_000 })
    const worker = startWorker(db, own, {
      handler: async ({ input }) => input,
      concurrency: 10,
      leaseMs: 3000,
      maxAttempts: 3,
      onError: () => {},
      ...options,
    })
    stopAll.push(own.close, () => worker.stop(0))
  }

  const submit = async (count: number) => {
    const submitOne = createJobQueue(db, dispatcher, { limit: 10_000, ownerLimit: 10_000 }).submit
    const job = { keyId, kind: 'test', timeLimitMs: 60_000 }
    const all = await Promise.all(
      Array.from({ length: count }, (_, input) => submitOne({ ...job, input })),
    )
    return all.map((submitted) => {
      if (submitted.outcome === 'conflict') throw new Error('there should be no conflict')
      return submitted.id
    })
  }

  const countQueued = async () => (await countWaitingJobs(db, Date.now())).queued

  const command = async (...words: [string, ...string[]]) => {
    const client = new Redis(redis.url)
    await client.call(...words)
    client.disconnect()
  }

  const allSucceed = async (ids: readonly JobId[]) => {
    for (const [result, id] of ids.entries()) {
      await waitFor(async () => (await getJob(db, { id, keyId }))?.state === 'succeeded')
      expect(await getJob(db, { id, keyId })).toMatchObject({ result })
    }
  }

  test('jobs that wait when it is emptied under a live worker are computed', async () => {
    const emptied = Promise.withResolvers<void>()
    work({
      handler: async ({ input }) => {
        await emptied.promise
        return input
      },
    })
    const ids = await submit(1000)
    await command('FLUSHALL')
    emptied.resolve()
    await allSucceed(ids)
  })

  test('one ring for many jobs reaches all workers with free hands', async () => {
    const allRun = Promise.withResolvers<void>()
    let running = 0
    const handler: Handler = async ({ input }) => {
      if (++running === 3) allRun.resolve()
      await allRun.promise
      return input
    }
    for (let i = 0; i < 3; i++) work({ concurrency: 1, handler })
    await allSucceed(await submit(3))
  })

  test('a worker whose hands are full leaves rings to others', async () => {
    const idleOneRan = Promise.withResolvers<void>()
    work({
      concurrency: 1,
      handler: async ({ input }) => {
        await idleOneRan.promise
        return input
      },
    })
    const [first] = await submit(1)
    await waitFor(async () => (await getJob(db, { id: first, keyId }))?.state === 'running')
    work()
    for (let i = 0; i < 5; i++) await allSucceed(await submit(1))
    idleOneRan.resolve()
    await allSucceed([first])
  })

  test('jobs are computed after its scripts were flushed under a live worker', async () => {
    work()
    await allSucceed(await submit(1))
    await command('SCRIPT', 'FLUSH')
    await allSucceed(await submit(20))
  })

  test('jobs are computed after it was killed and started empty under a live worker', async () => {
    work()
    await allSucceed(await submit(1))
    await redis.kill()
    await redis.start()
    await allSucceed(await submit(20))
  })

  test('jobs submitted while it is away are taken, and computed when it is back', async () => {
    work()
    await allSucceed(await submit(1))
    await redis.kill()
    const ids = await submit(20)
    await redis.start()
    await allSucceed(ids)
  })

  test('a worker that starts while it refuses every command begins when it no longer does', async () => {
    await command('CONFIG', 'SET', 'maxmemory', '1')
    work()
    const ids = await submit(5)
    await setTimeout(600) // The worker has tried by then; with less, the test would show less.
    await command('CONFIG', 'SET', 'maxmemory', '0')
    await allSucceed(await submit(5))
    await allSucceed(ids)
  })

  test.each([
    ['is full', ['CONFIG', 'SET', 'maxmemory', '1'], ['CONFIG', 'SET', 'maxmemory', '0']],
    ['only reads', ['REPLICAOF', '127.0.0.1', '1'], ['REPLICAOF', 'NO', 'ONE']],
    ['keeps writers waiting', ['CLIENT', 'PAUSE', '600000', 'WRITE'], ['CLIENT', 'UNPAUSE']],
  ])('while it answers and %s, it counts as away, which is told once', async (_, refuse, allow) => {
    const heard: unknown[] = []
    const own = createRedisDispatcher(redis.url, (error) => heard.push(error), {
      onReconnected: () => heard.push('back'),
    })
    const worker = startWorker(db, own, {
      handler: async ({ input }) => input,
      concurrency: 10,
      leaseMs: 3000,
      maxAttempts: 3,
      onError: (error) => heard.push(error),
    })
    stopAll.push(own.close, () => worker.stop(0))
    await waitFor(() => own.redis() === 'ok')
    await redis.command('CONFIG', 'SET', 'maxmemory-policy', 'noeviction')
    await allSucceed(await submit(1))

    await redis.command(...refuse)
    await waitFor(() => own.redis() === 'away')
    const submitOwn = createJobQueue(db, own, { limit: 10_000, ownerLimit: 10_000 }).submit
    for (let i = 0; i < 5; i++) {
      await submitOwn({ keyId, kind: 'test', input: i, timeLimitMs: 60_000 })
    }
    await waitFor(async () => (await countQueued()) === 0) // By looking.
    await setTimeout(1500) // Long enough for whatever else would be told.
    expect(heard).toEqual([
      expect.objectContaining({ message: expect.stringMatching(/refuses writes/) }),
    ])

    await redis.command(...allow)
    await waitFor(() => own.redis() === 'ok')
    expect(heard.slice(1)).toEqual(['back'])
    await allSucceed(await submit(5))
  })

  test('a worker that starts while it is away begins when it comes', async () => {
    await redis.kill()
    work()
    const ids = await submit(5)
    await redis.start()
    await allSucceed(ids)
  })
})
