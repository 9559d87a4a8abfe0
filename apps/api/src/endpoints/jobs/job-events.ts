import { describeJob, type Job } from '@dsapi/queue'
import type { StoredModel } from '@dsapi/registry'
import type { Context } from 'hono'
import { streamSSE } from 'hono/streaming'
import type { AppDeps } from '../../app-deps.ts'
import type { Env } from '../../http/env.ts'
import { beginStream, breakOff } from '../../http/stream-body.ts'
import { jobIds } from '../../openapi/example-ids.ts'
import type { Description } from '../../openapi/operation.ts'
import type { Endpoint } from '../endpoint.ts'
import { exampleJobs } from './example-jobs.ts'
import { findOwnJob } from './find-own-job.ts'
import { jobId, unknownJob } from './job-id.ts'
import { hasEnded } from './wait-for-end.ts'

/** Keeps proxies from thinking that the connection is dead. */
const heartbeatMs = 15_000
/** A stream ends within a second of its session of the web console. */
const sessionEveryMs = 200
const eventStream = { 'content-type': 'text/event-stream' } as const

/** Two looks at a job that show the same have the same id. */
const eventId = (job: Job) =>
  [job.state, job.attempts, 'progress' in job ? job.progress : ''].join('-')

/**
 * Server-sent events (HTML standard, section 9.2) about a job: one at once, one at each change, until it
 * has ended. An event is the whole job and is named after its state; a client that reconnects with
 * `Last-Event-ID` does not receive that event again. A client that has received the end gets 204, at which it stops
 * reconnecting.
 */
const handle =
  ({ db, jobs: { changeWatch }, life: { stopping } }: AppDeps) =>
  async (context: Context<Env>): Promise<Response> => {
    const job = await findOwnJob(db, context)
    let sent = context.req.header('last-event-id')
    if (hasEnded(job) && sent === eventId(job)) return context.body(null, 204)
    context.header('cache-control', 'no-store')
    context.header('x-accel-buffering', 'no')
    // The stream of an answer to HEAD is thrown away unread: nobody would end it.
    if (context.req.method === 'HEAD') return context.body(null, 200, eventStream)
    beginStream(context)
    const response = streamSSE(context, (stream) => {
      const { promise, resolve } = Promise.withResolvers<void>()
      const send = async (seen: Job | undefined) => {
        if (seen === undefined) return resolve()
        const id = eventId(seen)
        if (id !== sent) {
          sent = id
          await stream.writeSSE({ id, event: seen.state, data: JSON.stringify(describeJob(seen)) })
        }
        if (hasEnded(seen)) resolve()
      }
      const sendOrBreak = (seen: Job | undefined) =>
        void send(seen).catch((error: unknown) => {
          breakOff(context, error)
          resolve()
        })
      const unwatch = changeWatch.watch(job.id, sendOrBreak)
      const heartbeat = setInterval(() => void stream.write(': still here\n\n'), heartbeatMs)
      const session = context.get('isSignedIn')
      const lookAtSession =
        session && setInterval(() => void session().then(endIfOver, resolve), sessionEveryMs)
      stream.onAbort(resolve)
      const end = () => resolve()
      const endIfOver = (isSignedIn: boolean) => isSignedIn || resolve()
      stopping.addEventListener('abort', end)
      if (stopping.aborted) end()
      sendOrBreak(job)
      return promise.finally(() => {
        unwatch()
        clearInterval(heartbeat)
        clearInterval(lookAtSession)
        stopping.removeEventListener('abort', end)
      })
    })
    // Hono promises to keep the connection, also to a client that asks for its end; node knows better.
    response.headers.delete('connection')
    return response
  }

const text = { type: 'string' }

const describe = (stored: StoredModel): Description => {
  const { succeeded } = exampleJobs(stored)
  const event = `event: succeeded\ndata: ${JSON.stringify(succeeded)}\nid: succeeded-1-\n\n`
  return {
    tag: 'Jobs',
    summary: 'Stream job events',
    description:
      'Sends server-sent events until the job has ended. Each event is named after the state of the job and holds the job as its data. An EventSource that reconnects receives only events that it has not received yet.',
    parameters: [
      jobId,
      {
        name: 'Last-Event-ID',
        in: 'header',
        description: 'The id of the last event that was received',
        schema: text,
      },
    ],
    answers: {
      200: {
        description: 'The event stream',
        headers: ['Cache-Control'],
        content: { 'text/event-stream': text },
      },
      204: { description: 'The job has ended, and the client has received its last event' },
    },
    errors: [unknownJob, 'internal'],
    examples: [
      {
        name: 'ended',
        parameters: { id: jobIds.succeeded },
        status: 200,
        answer: { type: 'text/event-stream', value: event },
      },
      {
        name: 'known',
        parameters: { id: jobIds.succeeded, 'Last-Event-ID': 'succeeded-1-' },
        status: 204,
      },
    ],
  }
}

/** `GET /jobs/{id}/events`. */
export const jobEvents: Endpoint = {
  id: 'jobEvents',
  method: 'get',
  path: '/jobs/:id/events',
  access: 'jobs',
  handle,
  describe,
}
