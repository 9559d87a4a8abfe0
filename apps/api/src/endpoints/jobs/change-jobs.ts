import type { Database } from '@dsapi/db'
import {
  cancelJob,
  getJob,
  type Job,
  type JobId,
  type JobOwner,
  parseJobId,
  QueueFullError,
} from '@dsapi/queue'
import type { StoredModel } from '@dsapi/registry'
import type { Context } from 'hono'
import type { AppDeps } from '../../app-deps.ts'
import type { Env } from '../../http/env.ts'
import { parseBody } from '../../http/parse-body.ts'
import { readJson } from '../../http/read-json.ts'
import { jobIds } from '../../openapi/example-ids.ts'
import { type Description, json, jsonOf } from '../../openapi/operation.ts'
import type { Endpoint } from '../endpoint.ts'
import { jobIdList } from './job-schemas.ts'
import { ownerOf } from './submit-job.ts'

type Whose = { readonly id: JobId; readonly owner: JobOwner }

/** What is done to each job, and what it is called. */
type Change = {
  readonly verb: 'retry' | 'cancel'
  readonly done: 'retried' | 'cancelled'
  readonly summary: string
  readonly apply: (deps: AppDeps, whose: Whose) => Promise<Job | undefined>
  /** A job in its state counts as changed. */
  readonly isDone: (job: Job) => boolean
  readonly example: string
}

const handle =
  (change: Change) =>
  (deps: AppDeps) =>
  async (context: Context<Env>): Promise<Response> => {
    const { ids } = parseBody(jobIdList, await readJson(context, deps.limits.jsonBody))
    const owner = ownerOf(context)
    const results = []
    // Each in a commit of its own, so that a job which a worker is about to end does not keep the others waiting.
    for (const text of new Set(ids)) results.push(await outcomeOf(deps, change, text, owner))
    return context.json({ results })
  }

const outcomeOf = async (deps: AppDeps, change: Change, text: string, owner: JobOwner) => {
  const id = parseJobId(text)
  if (id === undefined) return { id: text, outcome: 'not_found' }
  const whose = { id, owner }
  try {
    const job = await change.apply(deps, whose)
    if (job !== undefined) return { id: text, outcome: change.done, state: job.state }
    return { id: text, ...(await unchanged(deps.db, change, whose)) }
  } catch (error) {
    if (error instanceof QueueFullError) return { id: text, outcome: 'queue_full' }
    throw error
  }
}

const unchanged = async (db: Database, { isDone, done }: Change, { id, owner }: Whose) => {
  const job = await getJob(db, { id, keyId: owner.keyId })
  if (job === undefined) return { outcome: 'not_found' }
  return { outcome: isDone(job) ? done : 'conflict', state: job.state }
}

const describe = ({ verb, done, summary, example }: Change): Description => {
  const state = verb === 'retry' ? 'queued' : 'cancelled'
  return {
    tag: 'Jobs',
    summary,
    description: `Up to 500 jobs of your key at once. The answer has an outcome for each id: \`${done}\`, \`conflict\` if the state of the job does not allow it, or \`not_found\`, also for a job of another key.${verb === 'retry' ? ' It is `queue_full` if too many jobs are waiting, of all keys or of yours.' : ''}`,
    body: { required: true, content: jsonOf('JobIds') },
    answers: { 200: { description: 'The outcome for each job', content: jsonOf('ChangedJobs') } },
    errors: [
      {
        code: 'invalid_body',
        message: 'Invalid request body',
        detail: [{ field: 'ids', message: 'Too small: expected array to have >=1 items' }],
        body: { type: json, value: { ids: [] } },
      },
      'body_too_large',
      'request_timeout',
      'unavailable',
      'internal',
    ],
    examples: [
      {
        name: 'some',
        body: { type: json, value: { ids: [example, jobIds.succeeded, jobIds.unknown] } },
        status: 200,
        answer: {
          type: json,
          value: {
            results: [
              { id: example, outcome: done, state },
              { id: jobIds.succeeded, outcome: 'conflict', state: 'succeeded' },
              { id: jobIds.unknown, outcome: 'not_found' },
            ],
          },
        },
      },
    ],
  }
}

const changeEndpoint = (change: Change): Endpoint => ({
  id: `${change.verb}Jobs`,
  method: 'post',
  path: `/jobs/${change.verb}`,
  access: 'jobs',
  handle: handle(change),
  describe: (_: StoredModel) => describe(change),
})

/** `POST /jobs/retry`. */
export const retryJobs: Endpoint = changeEndpoint({
  verb: 'retry',
  done: 'retried',
  summary: 'Retry several jobs',
  apply: ({ jobs }, { id, owner }) => jobs.queue.retry(id, owner),
  isDone: () => false,
  example: jobIds.failed,
})

/** `POST /jobs/cancel`. */
export const cancelJobs: Endpoint = changeEndpoint({
  verb: 'cancel',
  done: 'cancelled',
  summary: 'Cancel several jobs',
  apply: ({ db }, { id, owner }) => cancelJob(db, { id, keyId: owner.keyId }),
  isDone: ({ state }) => state === 'cancelled',
  example: jobIds.queued,
})
