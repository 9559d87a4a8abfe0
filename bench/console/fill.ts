import { createHash } from 'node:crypto'
import { addTraffic, type Database, inTransaction } from '@dsapi/db'

/** How much there is in the database. */
export type Size = { readonly jobs: number; readonly keys: number; readonly seriesAMinute: number }

const dayMs = 86_400_000
const days = 7
const rowsAtOnce = 1000

export const keyId = (index: number): string =>
  `00000000-0000-4000-8000-${index.toString(16).padStart(12, '0')}`

/** An id of version 7, which begins with the time. */
export const jobId = (at: number, index: number): string => {
  const time = at.toString(16).padStart(12, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-${index.toString(16).padStart(12, '0')}`
}

/** Runs `insert` for parts of `count`, each in a transaction. */
const inParts = async (
  db: Database,
  count: number,
  insert: (db: Database, indices: readonly number[]) => Promise<unknown>,
) => {
  for (let from = 0; from < count; from += rowsAtOnce) {
    const length = Math.min(rowsAtOnce, count - from)
    const indices = Array.from({ length }, (_, i) => from + i)
    await inTransaction(db, (transaction) => insert(transaction, indices))
  }
}

const addKeys = async (db: Database, count: number, now: number) => {
  await inParts(db, count, (transaction, indices) =>
    transaction
      .insertInto('api_keys')
      .values(
        indices.map((index) => ({
          ...{ id: keyId(index), owner_id: keyId(index), name: `key ${index}` },
          ...{ hash: createHash('sha256').update(keyId(index)).digest('hex') },
          ...{ prefix: 'dsapi_bench', suffix: 'abcd', created_at: now - days * dayMs + index },
          last_used_at: now - index * 60_000,
          daily_quota: index % 10 === 0 ? 1000 : null,
        })),
      )
      .execute(),
  )
  await inParts(db, count, (transaction, indices) =>
    transaction
      .insertInto('audit')
      .values(
        indices.map((index) => ({
          ...{ at: now - days * dayMs + index, actor: 'cli:bench', action: 'create' },
          ...{ key_id: keyId(index), detail: '{}' },
        })),
      )
      .execute(),
  )
  const today = Math.floor(now / dayMs)
  await inParts(db, count * days, (transaction, indices) =>
    transaction
      .insertInto('key_usage')
      .values(
        indices.map((index) => ({
          ...{ key_id: keyId(index % count), day: today - Math.floor(index / count) },
          ...{ requests: 100, client_errors: 2, server_errors: 0 },
        })),
      )
      .execute(),
  )
}

const stateOf = (index: number, { jobs }: Size) => {
  if (index >= jobs - 100) return 'running'
  if (index >= jobs - 5000) return 'queued'
  return index % 100 === 0 ? 'cancelled' : index % 20 === 1 ? 'failed' : 'succeeded'
}

/** Evenly over seven days up to now. The newest wait, and some run. */
const addJobs = (db: Database, size: Size, now: number) =>
  inParts(db, size.jobs, (transaction, indices) =>
    transaction
      .insertInto('jobs')
      .values(
        indices.map((index) => {
          const at = Math.floor(now - ((size.jobs - index) / size.jobs) * days * dayMs)
          const state = stateOf(index, size)
          const isLive = state === 'queued' || state === 'running'
          return {
            ...{ id: jobId(at, index), key_id: keyId((index * 7919) % size.keys), state },
            ...{ kind: index % 50 === 0 ? 'batch' : 'slow-prediction', created_at: at },
            ...{ model_name: index % 20 === 0 ? 'churn' : 'default', run_at: at, released: 0 },
            ...{ input: '{"feature_a":1.0,"feature_b":1.0}', attempt: state === 'queued' ? 0 : 1 },
            result: state === 'succeeded' ? '{"class":1,"class_probabilities":[0.1,0.9]}' : null,
            error: state === 'failed' ? 'The job took too long' : null,
            started_at: state === 'queued' ? null : at + 500,
            finished_at: isLive ? null : at + 2000,
          }
        }),
      )
      .execute(),
  )

const noBuckets = {
  ...{ b0: 0, b1: 0, b2: 0, b3: 0, b4: 0, b5: 0, b6: 0, b7: 0 },
  ...{ b8: 0, b9: 0, b10: 0, b11: 0, b12: 0, b13: 0, b14: 0 },
}

const routes = ['/predict', '/jobs', '/jobs/:id', '/predict-slow']

const addMinutes = async (db: Database, size: Size, now: number) => {
  const end = Math.floor(now / 60_000)
  await inParts(db, days * 1440, async (transaction, minutes) => {
    for (const minute of minutes) {
      const rows = Array.from({ length: size.seriesAMinute }, (_, i) => ({
        ...{ minute: end - minute - 1, host: 'bench', key_id: keyId(i), status: '2xx' },
        ...{ route: routes[i % routes.length], ...noBuckets, b2: 40, b5: 3 },
      }))
      await addTraffic(transaction, rows)
    }
  })
}

/** Fills a database that has the schema with what a busy server leaves in a week. */
export const fillDatabase = async (db: Database, size: Size, now: number): Promise<void> => {
  await addKeys(db, size.keys, now)
  await addJobs(db, size, now)
  await addMinutes(db, size, now)
}
