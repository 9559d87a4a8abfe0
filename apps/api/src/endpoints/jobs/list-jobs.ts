import { describeJob, listJobs as readJobs } from '@dsapi/queue'
import type { StoredModel } from '@dsapi/registry'
import type { Context } from 'hono'
import type { AppDeps } from '../../app-deps.ts'
import type { Env } from '../../http/env.ts'
import { parseQuery, unknownCursor } from '../../http/parse-query.ts'
import { type Description, json, jsonOf } from '../../openapi/operation.ts'
import { queryParameters } from '../../openapi/parameters.ts'
import type { Endpoint } from '../endpoint.ts'
import { exampleJobs } from './example-jobs.ts'
import { listQuery } from './job-schemas.ts'

/** The jobs of the key that asks, the newest first. */
const handle =
  ({ db }: AppDeps) =>
  async (context: Context<Env>): Promise<Response> => {
    const query = parseQuery(listQuery, context.req.query())
    const list = await readJobs(db, { ...query, keyId: context.get('key').ownerId })
    if (list === undefined) throw unknownCursor()
    const next = list.nextCursor !== undefined && { next_cursor: list.nextCursor }
    return context.json({ jobs: list.jobs.map(describeJob), ...next })
  }

const describe = (stored: StoredModel): Description => ({
  tag: 'Jobs',
  summary: 'List jobs',
  description: 'Lists the jobs of your key, newest first, in pages.',
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
  handle,
  describe,
}
