import { type Config, loadConfig } from '@dsapi/config'
import { type Database, insertApiKey, openDatabase } from '@dsapi/db'
import type { BatchFormat } from '@dsapi/inference'
import { LogisticRegression } from '@dsapi/model'
import {
  createDispatcher,
  createJobQueue,
  endStates,
  getJob,
  type Job,
  type JobId,
  type NewJob,
  newJobId,
  submitWithInput,
} from '@dsapi/queue'
import { createModelHost, loadVersion, type StoredModel, storeModel } from '@dsapi/registry'
import { createLogger } from '@dsapi/telemetry'
import { waitFor } from '@dsapi/testing'
import { startPredictionWorker } from '../src/index.ts'

const keyId = 'k1'

/** A database of its own, with what a test puts into it and sees of it. */
export type World = {
  readonly db: Database
  readonly fit: (
    rows: readonly (readonly number[])[],
    y: readonly (number | string)[],
    names: string[],
  ) => Promise<StoredModel>
  readonly submit: (job: Pick<NewJob, 'kind' | 'input' | 'modelVersion' | 'id'>) => Promise<JobId>
  readonly submitBatch: (
    format: BatchFormat,
    pieces: readonly string[],
    model: StoredModel,
  ) => Promise<JobId>
  readonly work: (config?: Partial<Config>) => Promise<void>
  /** The job, once it has ended. */
  readonly ended: (id: JobId) => Promise<Job>
  /** All pieces that a job has left. */
  readonly output: (id: JobId) => Promise<readonly string[]>
  readonly stop: () => Promise<void>
}

/** @param url of an empty database */
export const makeWorld = async (url: string): Promise<World> => {
  const base = loadConfig({})
  const database = { ...base.database, url }
  const db = await openDatabase(database, { create: true })
  const key = { name: 'test', hash: 'h', prefix: '', suffix: '', created_at: 0 }
  await insertApiKey(db, { id: keyId, ...key })
  const dispatcher = await createDispatcher(db, undefined, () => {})
  const cleanups = [() => db.destroy(), dispatcher.close]
  const host = createModelHost({
    ...{ cacheFolder: base.modelCache, timeLimitMs: 60_000, onCacheUnusable: () => {} },
  })
  const submitOne = createJobQueue(db, dispatcher, { limit: 1000, ownerLimit: 1000 }).submit

  const submit: World['submit'] = async (job) => {
    const submitted = await submitOne({ ...job, keyId, timeLimitMs: 60_000 })
    if (submitted.outcome === 'conflict') throw new Error('it should be new')
    return submitted.id
  }

  return {
    db,
    fit: async (rows, y, featureNames) => {
      const model = new LogisticRegression().fit(rows, y, { featureNames })
      const version = await storeModel(db, model, 0)
      const stored = await loadVersion(db, host, { name: 'default', version })
      if (stored === undefined) throw new Error('it should be stored')
      return stored
    },
    submit,
    submitBatch: async (format, pieces, { tag }) => {
      const id = newJobId()
      await submitWithInput(db, id, async (stored) => {
        for (const content of pieces) await stored.write(content)
        const input = { format, chunks: stored.count() }
        await submit({ id, kind: 'batch', input, modelVersion: tag })
        return { outcome: 'created' } as const
      })
      return id
    },
    work: async (config = {}) => {
      const settings = { ...base, database, slowSeconds: 0, ...config }
      const worker = await startPredictionWorker(settings, createLogger('silent', 'test'), 2)
      cleanups.push(worker.stop)
    },
    ended: async (id) => {
      const end = () => getJob(db, { id, keyId })
      await waitFor(async () => endStates.includes((await end())?.state ?? 'queued'))
      const job = await end()
      if (job === undefined) throw new Error('it should be there')
      return job
    },
    output: async (id) => {
      const rows = await db
        .selectFrom('job_chunks')
        .select('content')
        .where('job_id', '=', id)
        .where('part', '=', 'output')
        .orderBy('position')
        .execute()
      return rows.map(({ content }) => content)
    },
    stop: async () => {
      for (const cleanup of cleanups.reverse()) await cleanup()
    },
  }
}
