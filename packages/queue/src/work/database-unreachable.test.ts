import { type Database, insertApiKey, openDatabase } from '@dsapi/db'
import { describeWithPostgres, type PostgresServer, startPostgres, waitFor } from '@dsapi/testing'
import { beforeEach, expect, test } from 'vitest'
import { createDatabaseDispatcher } from '../dispatch/database-dispatcher.ts'
import { getJob } from '../jobs/job.ts'
import { createJobQueue } from '../jobs/submit-job.ts'
import type { Handler } from './run-job.ts'
import { startWorker } from './start-worker.ts'

const keyId = 'k1'

describeWithPostgres('a worker whose PostgreSQL goes away', () => {
  let server: PostgresServer
  let db: Database
  let stopAll: (() => Promise<unknown>)[]

  beforeEach(async () => {
    server = await startPostgres()
    // Longer than any test may take, so that one which waits for it fails.
    db = await openDatabase({ url: server.url, connectTimeoutMs: 3_600_000 })
    const row = { name: 'test', hash: 'h', prefix: '', suffix: '', created_at: 0 }
    await insertApiKey(db, { id: keyId, ...row })
    stopAll = [server.stop, () => db.destroy()]
    return async () => {
      for (const stop of stopAll.reverse()) await stop()
    }
  })

  const work = (handler: Handler) => {
    const dispatcher = createDatabaseDispatcher(db, () => {})
    const onError = () => {}
    const options = { concurrency: 4, leaseMs: 300, maxAttempts: 3, onError }
    const worker = startWorker(db, dispatcher, { ...options, handler })
    stopAll.push(dispatcher.close, () => worker.stop(0))
    return worker
  }
  const submit = async () => {
    const submitOne = createJobQueue(
      db,
      createDatabaseDispatcher(db, () => {}),
      { limit: 10, ownerLimit: 10 },
    ).submit
    const made = await submitOne({ keyId, kind: 'test', input: {}, timeLimitMs: 60_000 })
    if (made.outcome === 'conflict') throw new Error('there should be no conflict')
    return made.id
  }
  const hasSucceeded = (id: Awaited<ReturnType<typeof submit>>) => async () =>
    (await getJob(db, { id, keyId }))?.state === 'succeeded'

  test('stops all the same', async () => {
    const worker = work(async () => 'done')
    await waitFor(hasSucceeded(await submit()))
    await server.kill()
    await worker.stop(0)
  })

  test('lets go of its job, computes it anew when it is back, and takes new ones', async () => {
    const begun = Promise.withResolvers<void>()
    const aborted = Promise.withResolvers<unknown>()
    work(async ({ signal, attempt }) => {
      begun.resolve()
      signal.addEventListener('abort', () => aborted.resolve(signal.reason))
      if (!isBack) await aborted.promise
      return attempt
    })
    let isBack = false
    const id = await submit()
    await begun.promise
    await server.kill()
    expect(await aborted.promise).toBe('unsure')
    isBack = true
    await server.start()
    await waitFor(hasSucceeded(id))
    await waitFor(hasSucceeded(await submit()))
  })
})
