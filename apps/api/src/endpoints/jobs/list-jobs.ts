import { findOwner } from '@dsapi/auth'
import { describeJob, describeJobOfOther, listJobs as readJobs } from '@dsapi/queue'
import type { StoredModel } from '@dsapi/registry'
import type { Context } from 'hono'
import type { AppDeps } from '../../app-deps.ts'
import type { Env } from '../../http/env.ts'
import { ApiError } from '../../http/errors.ts'
import { parseQuery, unknownCursor } from '../../http/parse-query.ts'
import { type Description, json, jsonOf } from '../../openapi/operation.ts'
import { queryParameters } from '../../openapi/parameters.ts'
import type { Endpoint } from '../endpoint.ts'
import { exampleJobs } from './example-jobs.ts'
import { listQuery } from './job-schemas.ts'

/** The jobs of the key that asks, the newest first; for an admin those of all keys, of which only their owner sees all. */
const handle =
  ({ db }: AppDeps) =>
  async (context: Context<Env>): Promise<Response> => {
    const { all, owner, model, id_prefix, ...query } = parseQuery(listQuery, context.req.query())
    const isOfAll = all === 'true'
    if (!isOfAll && owner !== undefined) throw ownerOfOwn()
    const { ownerId, models } = context.get('key')
    if (isOfAll && models !== null) throw boundToModels()
    const keyId = isOfAll ? owner && (await findOwner(db, owner)) : ownerId
    const filter = { ...query, keyId, modelName: model, idPrefix: id_prefix?.toLowerCase() }
    const list = await readJobs(db, filter)
    if (list === undefined) throw unknownCursor()
    const next = list.nextCursor !== undefined && { next_cursor: list.nextCursor }
    return context.json({
      jobs: list.jobs.map(isOfAll ? describeJobOfOther : describeJob),
      ...next,
    })
  }

const ownerOfOwn = () =>
  new ApiError('invalid_query', 'Invalid query', {
    detail: [{ field: 'owner', message: 'requires all=true' }],
  })

const boundToModels = () =>
  new ApiError(
    'forbidden',
    'This API Key is bound to models, so it cannot list the jobs of all keys',
  )

const describe = (stored: StoredModel): Description => ({
  tag: 'Jobs',
  summary: 'List jobs',
  description:
    'Lists the jobs of your key, newest first, in pages. With `all=true`, which requires the scope `admin` and not the scope `jobs`, it lists the jobs of all keys, without inputs, results and the texts of errors. With several filters, a page may have fewer jobs than `limit` although it has a `next_cursor`.',
  parameters: queryParameters(listQuery),
  answers: { 200: { description: 'A page of jobs', content: jsonOf('JobList') } },
  errors: [
    {
      code: 'invalid_query',
      message: 'Invalid query',
      detail: [{ field: 'cursor', message: 'must be a next_cursor from an answer' }],
      parameters: { cursor: 'nonsense' },
    },
    'internal',
  ],
  examples: [
    {
      name: 'failed',
      parameters: { state: 'failed', limit: 10 },
      status: 200,
      answer: { type: json, value: { jobs: [exampleJobs(stored).failed] } },
    },
    {
      name: 'of_a_prefix',
      parameters: {
        ...{ id_prefix: '01a20a53-e64e', kind: 'slow-prediction', model: 'default' },
        ...{ since: '2026-11-23T00:00:00Z', until: '2026-11-24T00:00:00Z' },
      },
      status: 200,
      answer: { type: json, value: { jobs: [exampleJobs(stored).failed] } },
    },
    {
      name: 'first_page',
      parameters: { limit: 1 },
      status: 200,
      answer: {
        type: json,
        value: {
          jobs: [exampleJobs(stored).queued],
          next_cursor: 'MTc5NTQ3Nzk5OTY1OSAwMWEyMGE1My1lNjVlLTcwY2QtYjFhMy1mNmU1ODJjMTkzYzU',
        },
      },
    },
  ],
})

/** `GET /jobs`. */
export const listJobs: Endpoint = {
  id: 'listJobs',
  method: 'get',
  path: '/jobs',
  access: 'jobs',
  scopeFor: (context) => (context.req.query('all') === 'true' ? 'admin' : 'jobs'),
  handle,
  describe,
}
