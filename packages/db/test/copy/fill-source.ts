import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { temporaryFolder } from '@dsapi/testing'
import { type Database, insertWebhookDelivery, jobStates, openDatabase } from '../../src/index.ts'

/** Texts, and numbers, of which some database or driver might make others. */
const oddTexts = [
  '',
  ' ',
  `'; drop table jobs; --`,
  '"quoted" \\ back\\slash \\u0000 \\n',
  'line\nbreak\ttab\r\u0001\u007f\u2028',
  '😀 é e\u0301 ﷺ \u{FFFD} \u{10FFFF}',
  'null',
]
const oddNumbers = [0, 1e-308, 5e-324, 1.7976931348623157e308, 0.1, -1 / 3, 2 ** 53, 123456789.125]
const farFuture = Number.MAX_SAFE_INTEGER

/** Four keys: one that works, one with limits that was rotated, its successor, one that is revoked and disabled. */
const keys = ['a', 'b', 'c', 'd'].map((id, i) => ({
  id: `key-${id}`,
  name: oddTexts[i],
  hash: `hash-${id}`,
  prefix: 'dsapi_',
  suffix: id,
  owner_id: id === 'c' ? 'key-b' : `key-${id}`,
  note: oddTexts[i + 2],
  created_at: 1000 + i,
  expires_at: id === 'b' ? farFuture : null,
  rate_requests: id === 'b' ? 100 : null,
  rate_seconds: id === 'b' ? 1 : null,
  daily_quota: id === 'b' ? 1_000_000_000_000 : null,
  max_jobs: id === 'b' ? 7 : null,
  models: id === 'b' ? 'churn fraud-2' : null,
  replaced_by: id === 'b' ? 'key-c' : null,
  revoked_at: id === 'd' ? 2000 : null,
  disabled_at: id === 'd' ? 1500 : null,
  last_used_at: id === 'a' ? 3000 : null,
}))

/** All but those of a job that runs: its worker would be listened for at each copy. */
const states = jobStates.filter((state) => state !== 'running')

/** Job ids that grow with their number. */
export const jobId = (number: number): string =>
  `01900000-0000-7000-8000-${String(number).padStart(12, '0')}`

export const job = (number: number) => ({
  id: jobId(number),
  key_id: keys[number % keys.length].id,
  state: states[number % states.length],
  input: JSON.stringify({ text: oddTexts[number % oddTexts.length] }),
  result: number % 3 === 0 ? null : oddTexts[number % oddTexts.length],
  error: number % 4 === 0 ? 'It failed.' : null,
  attempt: number % 4,
  released: 0,
  created_at: number,
  run_at: number,
  progress: number % 2 === 0 ? null : 1 / number,
  finished_at: number % 5 === 0 ? farFuture - number : null,
  idempotency_key: number % 2 === 0 ? `idempotency-${number}` : null,
})

export const insertJobs = async (db: Database, from: number, to: number): Promise<void> => {
  const rows = Array.from({ length: to - from }, (_, i) => job(from + i))
  while (rows.length > 0) await db.insertInto('jobs').values(rows.splice(0, 500)).execute()
}

export const insertAudits = async (db: Database, count: number): Promise<void> => {
  const rows = Array.from({ length: count }, (_, i) => ({
    ...{ at: i, actor: oddTexts[i % oddTexts.length], action: 'disable', detail: '{}' },
    key_id: keys[i % keys.length].id,
  }))
  while (rows.length > 0) await db.insertInto('audit').values(rows.splice(0, 500)).execute()
}

const insertChunks = async (db: Database, bytes: number) => {
  const chunk = (number: number, part: 'input' | 'output', position: number, content: string) => ({
    ...{ job_id: jobId(number), part, position, content, created_at: 5 },
  })
  const large = '😀,1.5\n'.repeat(bytes / 9)
  const rows = [0, 1, 2, 10, 11].map((position) =>
    chunk(7, 'input', position, `${position}${large}`),
  )
  rows.push(chunk(7, 'output', 0, ''), chunk(999_999, 'input', 0, 'of an upload that was cut off'))
  for (const row of rows) await db.insertInto('job_chunks').values(row).execute()
}

/** A model with a canary, two versions, and their files: bytes of all values, in two pieces. */
const insertModels = async (db: Database) => {
  const model = { name: 'default', last_version: 3, served: 2, history: '[1]', changed_at: 1 }
  await db
    .insertInto('named_models')
    .values({ ...model, canary: 1, canary_share: 0.1 })
    .execute()
  const version = { name: 'default', sha256: 'f00', artifact_sha256: 'f00', size: 3, format: 'x' }
  for (const number of [1, 2]) {
    const more = { version: number, options: oddTexts[2], created_at: 1, created_by: oddTexts[5] }
    await db
      .insertInto('model_versions')
      .values({ ...version, ...more })
      .execute()
  }
  for (const content of [Uint8Array.from({ length: 256 }, (_, byte) => byte), new Uint8Array()]) {
    const place = { sha256: 'f00', position: content.length }
    await db
      .insertInto('artifact_pieces')
      .values({ ...place, content: Buffer.from(content), created_at: 1 })
      .execute()
  }
  const audit = { at: 1, actor: 'me', action: 'serve', name: 'default', version: 2, detail: '{}' }
  await db.insertInto('model_audit').values(audit).execute()
  const known = { name: 'default', version: 2, content: '{}' }
  const made = { created_at: 1, created_by: 'me' }
  await db
    .insertInto('model_evaluations')
    .values({ ...known, ...made })
    .execute()
  await db.insertInto('model_training').values(known).execute()
}

const insertWebhooks = async (db: Database) => {
  const secret = { id: 's', owner_id: 'key-b', secret: 'whsec_AAAA', created_at: 1 }
  await db
    .insertInto('webhook_secrets')
    .values({ ...secret, expires_at: null })
    .execute()
  const row = { id: 'd', owner_id: 'key-b', job_id: null, type: 'webhook.test', url: '', body: '' }
  await insertWebhookDelivery(db, row, { now: 1, giveUpAt: 2 })
}

/** Makes a SQLite database with several ranges of jobs and audit, and a few rows of everything else. */
const fill = async (path: string, chunkBytes: number) => {
  const db = await openDatabase({ url: `sqlite:${path}` }, { create: true })
  await db.transaction().execute(async (transaction) => {
    await transaction.insertInto('api_keys').values(keys).execute()
    await insertAudits(transaction, 1200)
    await insertJobs(transaction, 0, 2500)
    await insertChunks(transaction, chunkBytes)
    const data = oddNumbers.map((value, i) => ({ feature_a: value, feature_b: -value, class: i }))
    await transaction.insertInto('data').values(data).execute()
    await insertModels(transaction)
    await insertWebhooks(transaction)
    const use = { owner_id: 'key-b', day: 20_000, requests: 2 ** 40 }
    await transaction.insertInto('usage').values(use).execute()
    const prediction = { at: 1, owner_id: 'key-a', request_id: 'r', kind: 'single', model: '1-f00' }
    await transaction
      .insertInto('predictions')
      .values({ ...prediction, features: '[1e-308]', answer: '{}', latency_us: 57 })
      .execute()
  })
  return db
}

type Source = { readonly url: string; readonly db: Database }

/**
 * A source with chunks of about this size; with a megabyte they are several ranges. The databases of two calls have
 * been made apart, as those of two machines.
 */
export const newSource = async ({ chunkBytes = 9000 } = {}): Promise<Source> => {
  const path = join(await temporaryFolder(), 'source.sqlite')
  return { url: `sqlite:${path}`, db: await fill(path, chunkBytes) }
}

let filled: Buffer | undefined

/** A source like `newSource`; it is filled once for all tests of a file, and each has a copy. */
export const filledSource = async (): Promise<Source> => {
  const path = join(await temporaryFolder(), 'source.sqlite')
  if (filled === undefined) {
    await (await fill(path, 9000)).destroy()
    filled = await readFile(path)
  } else {
    await writeFile(path, filled)
  }
  return { url: `sqlite:${path}`, db: await openDatabase({ url: `sqlite:${path}` }) }
}
