import { setTimeout } from 'node:timers/promises'
import {
  claimNextJobs,
  type Database,
  every,
  insertApiKey,
  type JobRow,
  openDatabase,
} from '@dsapi/db'
import { describeWithRedis, emptyDatabase, startRedis, waitFor } from '@dsapi/testing'
import { beforeEach, describe, expect, test } from 'vitest'
import { createDatabaseDispatcher } from '../dispatch/database-dispatcher.ts'
import { createRedisDispatcher } from '../dispatch/redis-dispatcher.ts'
import { changeJob } from '../jobs/change-job.ts'
import { endReporters } from '../jobs/end-reporters.ts'
import { cancelJob, getJob, type JobId, restartJob } from '../jobs/job.ts'
import type { JobEnd } from '../jobs/job-end.ts'
import { JobError } from '../jobs/job-error.ts'
import { listJobs } from '../jobs/list-jobs.ts'
import { QueueFullError } from '../jobs/queue-limit.ts'
import { createJobQueue, type NewJob } from '../jobs/submit-job.ts'
import { watchJobs } from '../jobs/watch-jobs.ts'
import { type Handler, JobLostError } from './run-job.ts'
import { startWorker, type WorkerOptions } from './start-worker.ts'
import { createSweep } from './sweep.ts'

const keyId = 'k1'

const quickly: Omit<WorkerOptions, 'handler'> = {
  concurrency: 4,
  leaseMs: 300,
  maxAttempts: 3,
  onError: () => {},
}

/** What every job can rely on, whichever way the ids travel. */
const lifeOfAJob = (redisUrl: () => string | undefined) => {
  let db: Database
  let url: string
  let stopAll: (() => Promise<void>)[]

  beforeEach(async () => {
    stopAll = []
    url = await emptyDatabase()
    // A hundred jobs at once wait for a connection, for long on a busy machine.
    db = await openDatabase({ url, connectTimeoutMs: 60_000 }, { create: true })
    const row = { name: 'test', hash: 'h', prefix: '', suffix: '', created_at: 0 }
    await insertApiKey(db, { id: keyId, ...row })
    return async () => {
      for (const stop of stopAll.reverse()) await stop()
      await db.destroy()
    }
  })

  const dispatcher = () => {
    const redis = redisUrl()
    const made = redis
      ? createRedisDispatcher(redis, () => {})
      : createDatabaseDispatcher(db, () => {})
    stopAll.push(made.close)
    return made
  }

  const work = (handler: Handler, options: Partial<WorkerOptions> = {}) => {
    const worker = startWorker(db, dispatcher(), { ...quickly, ...options, handler })
    stopAll.push(() => worker.stop(0))
    return worker
  }

  const submitted = async (job: Partial<NewJob>, limit = 1000) => {
    const submit = createJobQueue(db, dispatcher(), { limit, ownerLimit: limit + 1 }).submit
    return submit({ keyId, kind: 'test', input: {}, timeLimitMs: 60_000, ...job })
  }

  const submit = async (input: unknown, job: Partial<NewJob> = {}) => {
    const made = await submitted({ ...job, input })
    if (made.outcome === 'conflict') throw new Error('there should be no conflict')
    return made.id
  }

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
    const other = await openDatabase({ url })
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

  /** A worker that takes a job and is never heard of again. */
  const takeAndFallSilent = async (id: JobId) => {
    let row: JobRow | undefined
    await waitFor(async () => {
      ;[row] = await claimNextJobs(db, { now: Date.now(), limit: 1 })
      return row?.id === id
    })
    if (row === undefined) throw new Error('the claim should have been won')
    return row
  }

  test('a job whose worker falls silent goes to another, and the silent one writes nothing', async () => {
    const id = await submit({})
    const silent = await takeAndFallSilent(id)
    work(async () => 'in time')
    expect(await ended(id)).toMatchObject({ state: 'succeeded', result: 'in time' })
    expect(await changeJob(db, 'succeed', { claim: silent, result: '"late"' })).toBeUndefined()
    expect(await job(id)).toMatchObject({ state: 'succeeded', result: 'in time' })
  })

  test('a job that its worker never survives is failed in the end', async () => {
    const id = await submit({})
    const sweeping = every(50, createSweep(db, dispatcher(), quickly).run, () => {})
    stopAll.push(sweeping.stop)
    for (let attempt = 1; attempt <= quickly.maxAttempts; attempt++) await takeAndFallSilent(id)
    expect(await ended(id)).toMatchObject({
      state: 'failed',
      attempts: 3,
      error: expect.stringContaining('worker stopped'),
    })
  })

  test('each way in which a job ends, and no other, is reported once, by its name', async () => {
    const ends: JobEnd[] = []
    const record = async (_: Database, end: JobEnd) => void ends.push(end)
    endReporters.push(record)
    stopAll.push(async () => void endReporters.splice(endReporters.indexOf(record), 1))
    const eventsOf = (id: JobId) => ends.filter((end) => end.id === id).map(({ event }) => event)

    const killing = await submit({})
    const sweeping = every(50, createSweep(db, dispatcher(), quickly).run, () => {})
    for (let attempt = 1; attempt <= quickly.maxAttempts; attempt++) {
      await takeAndFallSilent(killing)
      expect(eventsOf(killing)).toEqual([])
    }
    await ended(killing)
    await sweeping.stop()
    expect(eventsOf(killing)).toEqual(['giveUp'])

    const waiting = await submit({})
    await cancelJob(db, { id: waiting, keyId })
    await cancelJob(db, { id: waiting, keyId })
    expect(eventsOf(waiting)).toEqual(['cancel'])

    const held = await submit({})
    const stopping = work(({ signal }) => setTimeout(60_000, undefined, { signal }))
    await waitFor(async () => (await job(held))?.state === 'running')
    await stopping.stop(0)
    expect(eventsOf(held)).toEqual([])

    work(
      async ({ input, signal }) => {
        if (input === 'slow') return setTimeout(60_000, undefined, { signal })
        if (input === 'fail') throw new JobError('no', { isFinal: true })
        return 'done'
      },
      { maxAttempts: 1 },
    )
    await ended(held)
    expect(eventsOf(held)).toEqual(['succeed'])
    const failing = await submit('fail')
    await ended(failing)
    const slow = await submit('slow', { timeLimitMs: 50 })
    await ended(slow)
    expect([...eventsOf(failing), ...eventsOf(slow)]).toEqual(['fail', 'fail'])
    await restartJob(db, { id: failing, keyId })
    await ended(failing)
    await waitFor(async () => eventsOf(failing).length === 2)
  })

  test('a worker that can give no sign of life stops believing, and its job is not an attempt poorer', async () => {
    let computed = 0
    const other = await openDatabase({ url })
    stopAll.push(() => other.destroy())
    const begun = Promise.withResolvers<void>()
    work(async ({ signal }) => {
      computed++
      if (computed > 1) return 'again'
      begun.resolve()
      return setTimeout(60_000, undefined, { signal })
    })
    const id = await submit({}, {})
    await begun.promise
    await other.transaction().execute(async (transaction) => {
      await transaction.updateTable('jobs').set({ progress: 0 }).execute()
      await setTimeout(600) // Nobody else can write to the row, so nobody can renew.
    })
    expect(await ended(id)).toMatchObject({ state: 'succeeded', result: 'again', attempts: 1 })
  })

  test('a job that takes longer than it may is failed, and its handler told', async () => {
    let told: unknown
    work(({ signal }) => {
      signal.addEventListener('abort', () => {
        told = signal.reason
      })
      return setTimeout(60_000, undefined, { signal })
    })
    const id = await submit({}, { timeLimitMs: 50 })
    expect(await ended(id)).toMatchObject({
      state: 'failed',
      attempts: 1,
      error: 'It took longer than 0.05 seconds.',
    })
    expect(told).toBe('timeLimit')
  })

  test('a job that waits can be cancelled, once, by its owner alone', async () => {
    const id = await submit({})
    expect(await cancelJob(db, { id, keyId: 'k2' })).toBeUndefined()
    expect(await cancelJob(db, { id, keyId })).toMatchObject({ state: 'cancelled' })
    expect(await cancelJob(db, { id, keyId })).toBeUndefined()
    work(async () => 'never')
    const later = await submit({})
    await ended(later)
    expect(await job(id)).toMatchObject({ state: 'cancelled' })
  })

  test('a job that runs can be cancelled, and its handler is told within a second', async () => {
    const told = Promise.withResolvers<number>()
    work(({ signal }) => {
      signal.addEventListener('abort', () => told.resolve(performance.now()))
      return setTimeout(60_000, undefined, { signal })
    })
    const id = await submit({})
    await waitFor(async () => (await job(id))?.state === 'running')
    await cancelJob(db, { id, keyId })
    const cancelled = performance.now()
    expect((await told.promise) - cancelled).toBeLessThan(1000)
    expect(await job(id)).toMatchObject({ state: 'cancelled' })
  })

  test('a job that failed or was cancelled can be tried anew', async () => {
    let broken = true
    work(
      async () => {
        if (broken) throw new Error('not yet')
        return 'now'
      },
      { maxAttempts: 1 },
    )
    const id = await submit({})
    expect(await ended(id)).toMatchObject({ state: 'failed' })
    broken = false
    expect(await restartJob(db, { id, keyId })).toMatchObject({ state: 'queued' })
    expect(await ended(id)).toMatchObject({ state: 'succeeded', result: 'now', attempts: 1 })
    expect(await restartJob(db, { id, keyId })).toBeUndefined()
  })

  test('what a handler reports is seen while it runs', async () => {
    work(async ({ report, signal }) => {
      report(0.25)
      await setTimeout(60_000, undefined, { signal })
    })
    const id = await submit({})
    await waitFor(async () => {
      const seen = await job(id)
      return seen?.state === 'running' && 'progress' in seen && seen.progress === 0.25
    })
  })

  test('what a handler writes is written only while it holds the job', async () => {
    const wrote = Promise.withResolvers<unknown>()
    const touch = async (transaction: Database) => {
      await transaction.updateTable('api_keys').set({ note: 'written' }).execute()
    }
    work(async ({ write, signal }) => {
      await setTimeout(60_000, undefined, { signal }).catch(() => {})
      await write(touch).catch(wrote.resolve)
    })
    const id = await submit({})
    await waitFor(async () => (await job(id))?.state === 'running')
    await cancelJob(db, { id, keyId })
    expect(await wrote.promise).toBeInstanceOf(JobLostError)
    const { note } = await db.selectFrom('api_keys').select('note').executeTakeFirstOrThrow()
    expect(note).toBe('')
  })

  test('the same request is one job, however often and through whatever it comes', async () => {
    const idempotency = { key: 'order 7', fingerprint: 'abc' }
    const ids = await Promise.all(Array.from({ length: 20 }, () => submit({}, { idempotency })))
    expect(new Set(ids).size).toBe(1)
    const other = { key: 'order 7', fingerprint: 'def' }
    expect(await submitted({ idempotency: other })).toEqual({ outcome: 'conflict' })
    expect(await submit({}, { idempotency: { ...other, key: 'order 8' } })).not.toBe(ids[0])
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
    await submitted({}, 1)
    await expect(submitted({}, 1)).rejects.toThrow(QueueFullError)
  })

  test('jobs are listed in pages, the newest first, each once', async () => {
    const ids = []
    for (let i = 0; i < 5; i++) ids.push(await submit(i))
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = await listJobs(db, { keyId, limit: 2, cursor })
      seen.push(...(page?.jobs.map(({ id }) => id) ?? []))
      cursor = page?.nextCursor
      await submit('comes in between')
    } while (cursor !== undefined)
    expect(seen.toSorted()).toEqual(ids.toSorted())
    expect((await listJobs(db, { keyId: 'k2', limit: 10 }))?.jobs).toEqual([])
    expect((await listJobs(db, { keyId, state: 'failed', limit: 10 }))?.jobs).toEqual([])
    expect(await listJobs(db, { keyId, limit: 2, cursor: 'nonsense' })).toBeUndefined()
  })

  test('watchers of jobs are told how they stand, all by one look', async () => {
    const watch = watchJobs(db, { everyMs: 20, onError: () => {} })
    stopAll.push(watch.stop)
    const ids = [await submit({}), await submit({})]
    const ends = ids.map(
      (id) =>
        new Promise((resolve) => {
          const unwatch = watch.watch(id, (seen) => {
            if (seen?.state !== 'succeeded') return
            unwatch()
            resolve(seen)
          })
        }),
    )
    work(async () => 'done')
    expect(await Promise.all(ends)).toMatchObject([{ id: ids[0] }, { id: ids[1] }])
  })

  test('a worker takes up what was announced to nobody, or long before it came', async () => {
    const ids = await Promise.all(Array.from({ length: 50 }, (_, i) => submit(i)))
    await setTimeout(10)
    work(async () => 'done')
    for (const id of ids) expect(await ended(id)).toMatchObject({ state: 'succeeded' })
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
