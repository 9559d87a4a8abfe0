import type { AuditEntry, KeyDescription } from '@dsapi/auth'
import type { Database } from '@dsapi/db'
import type { JobDescription } from '@dsapi/queue'
import type { DeliveryDescription } from '@dsapi/webhooks'
import type {
  ModelDescription,
  VersionDescription,
} from '../../src/endpoints/models/describe-model.ts'
import type { OpenApiDocument } from '../../src/openapi/document.ts'
import { jobIds } from '../../src/openapi/example-ids.ts'

// The state of a database in which the examples of the document are true: the very jobs and keys that
// they show are put into it.

const valuesOf = (document: OpenApiDocument, path: string): unknown[] => {
  const response = document.paths[path]?.get?.responses['200']
  if (response === undefined || '$ref' in response) throw new Error(`${path} should answer 200`)
  const { examples = {} } = response.content?.['application/json'] ?? {}
  return Object.values(examples).map(({ value }) => value)
}

const instant = (text: string | null) => (text === null ? null : Date.parse(text))

const jobRow = (job: JobDescription, keyId: string) => ({
  id: job.id,
  key_id: keyId,
  kind: job.kind,
  state: job.state,
  input: '{}',
  result: job.result === undefined ? null : JSON.stringify(job.result),
  error: job.error ?? null,
  attempt: job.attempts,
  model_version: job.model_version ?? null,
  released: 0,
  created_at: Date.parse(job.created_at ?? ''),
  run_at: Date.parse(job.created_at ?? ''),
  started_at: instant(job.started_at),
  finished_at: instant(job.finished_at),
  time_limit_ms: 1000,
})

const keyRow = (key: KeyDescription) => {
  const [prefix, suffix] = key.key.split('…')
  const [requests, seconds] = key.rate?.split('/') ?? []
  if (seconds !== 's') throw new Error('the example should have a rate by the second')
  return {
    id: key.id,
    owner_id: key.id,
    name: key.name,
    note: key.note,
    hash: key.id,
    prefix,
    suffix,
    scopes: key.scopes.join(' '),
    rate_requests: Number(requests),
    rate_seconds: 1,
    daily_quota: key.daily_quota,
    max_jobs: key.max_jobs,
    created_by: key.created_by,
    created_at: Date.parse(key.created_at ?? ''),
    expires_at: instant(key.expires_at),
    disabled_at: instant(key.disabled_at),
    revoked_at: instant(key.revoked_at),
    replaced_by: key.replaced_by,
    last_used_at: instant(key.last_used_at),
  }
}

/** Puts the database back into that state. The jobs belong to the key with the id `ownerId`. */
export const layOut = async (db: Database, document: OpenApiDocument, ownerId: string) => {
  const jobs = valuesOf(document, '/jobs/{id}') as JobDescription[]
  const keys = valuesOf(document, '/keys/{id}') as KeyDescription[]
  const [{ audit }] = valuesOf(document, '/keys/audit') as [{ audit: AuditEntry[] }]
  await db.transaction().execute(async (transaction) => {
    await transaction.deleteFrom('jobs').execute()
    await transaction.deleteFrom('job_chunks').execute()
    await layOutWebhooks(transaction, document, ownerId)
    const ids = keys.map(({ id }) => id)
    await transaction.deleteFrom('audit').where('key_id', 'in', ids).execute()
    await transaction.deleteFrom('api_keys').where('id', 'in', ids).execute()
    await transaction
      .insertInto('jobs')
      .values(jobs.map((job) => jobRow(job, ownerId)))
      .execute()
    await layOutModels(transaction, document)
    await transaction.insertInto('job_chunks').values(outputOf(document)).execute()
    await transaction.insertInto('api_keys').values(keys.map(keyRow)).execute()
    for (const { at, actor, action, key_id, detail } of audit) {
      const row = { at: Date.parse(at), actor, action, key_id, detail: JSON.stringify(detail) }
      await transaction.insertInto('audit').values(row).execute()
    }
  })
}

/** The rows of the batch's result, without its header. */
const outputOf = (document: OpenApiDocument) => {
  const response = document.paths['/jobs/{id}/result']?.get?.responses['200']
  if (response === undefined || '$ref' in response) throw new Error('a result should answer 200')
  const csv = String(response.content?.['text/csv']?.examples?.csv?.value)
  const content = csv.slice(csv.indexOf('\n') + 1)
  return { job_id: jobIds.batch, part: 'output', position: 0, created_at: 0, content } as const
}

/** The deliveries of the examples, and a secret that the key has. */
const layOutWebhooks = async (db: Database, document: OpenApiDocument, ownerId: string) => {
  await db.deleteFrom('webhook_deliveries').execute()
  await db.deleteFrom('webhook_secrets').execute()
  const secret = { id: 'a', secret: 'whsec_AAAA', created_at: 0, expires_at: null }
  await db
    .insertInto('webhook_secrets')
    .values({ ...secret, owner_id: ownerId })
    .execute()
  const [{ deliveries }] = valuesOf(document, '/webhooks/deliveries') as [
    { deliveries: DeliveryDescription[] },
  ]
  const rows = deliveries.map(({ created_at, last_attempt_at, finished_at, ...rest }) => ({
    ...rest,
    ...{ owner_id: ownerId, body: '{}', scheduled_at: 0, next_attempt_at: 0, give_up_at: 0 },
    created_at: Date.parse(created_at ?? ''),
    last_attempt_at: instant(last_attempt_at),
    finished_at: instant(finished_at),
  }))
  await db.insertInto('webhook_deliveries').values(rows).execute()
}

type Model = ModelDescription & { readonly versions: readonly VersionDescription[] }

/** The models of the examples, whose versions have the file of the model that is served. */
const layOutModels = async (db: Database, document: OpenApiDocument) => {
  const [model] = valuesOf(document, '/models/{name}') as [Model]
  const { name, version, canary } = model
  const served = await db
    .selectFrom('model_versions')
    .selectAll()
    .where('name', '=', 'default')
    .where('version', '=', 1)
    .executeTakeFirstOrThrow()
  await db.deleteFrom('model_versions').where('name', '=', name).execute()
  await db.deleteFrom('named_models').where('name', '=', name).execute()
  await db
    .insertInto('named_models')
    .values({
      ...{ name, served: version, last_version: 3, history: '[1]', shadow: null },
      ...{ canary: canary?.version ?? null, canary_share: canary?.share ?? null },
      changed_at: Date.parse(model.changed_at),
    })
    .execute()
  const rows = model.versions.map((one) => ({
    ...{ ...served, name, version: one.version },
    created_at: Date.parse(one.created_at),
  }))
  await db.insertInto('model_versions').values(rows).execute()
}
