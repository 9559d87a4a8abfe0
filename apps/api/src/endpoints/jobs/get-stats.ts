import { describeJobStats, getJobStats } from '@dsapi/queue'
import type { Context } from 'hono'
import type { AppDeps } from '../../app-deps.ts'
import type { Env } from '../../http/env.ts'
import { type Description, json, jsonOf } from '../../openapi/operation.ts'
import type { Endpoint } from '../endpoint.ts'

/** How many jobs there are in each state, of all keys. */
const handle =
  ({ db }: AppDeps) =>
  async (context: Context<Env>): Promise<Response> => {
    return context.json(describeJobStats(await getJobStats(db, Date.now())))
  }

const describe = (): Description => ({
  tag: 'Jobs',
  summary: 'Count jobs by state',
  answers: {
    200: {
      description: 'The number of jobs of all keys in each state',
      content: jsonOf('JobStats'),
    },
  },
  errors: ['internal'],
  examples: [
    {
      name: 'some',
      status: 200,
      answer: {
        type: json,
        value: {
          counts: { queued: 1, running: 0, succeeded: 2, failed: 1, cancelled: 1 },
          oldest_queued_seconds: 1.25,
        },
      },
    },
  ],
})

/** `GET /jobs/stats`. */
export const getStats: Endpoint = {
  id: 'getStats',
  method: 'get',
  path: '/jobs/stats',
  access: 'admin',
  handle,
  describe,
}
