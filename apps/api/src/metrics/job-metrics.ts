import type { Database } from '@dsapi/db'
import { countWaitingJobs, createEndedJobs, type EndedJob } from '@dsapi/queue'
import { Counter, Gauge, Histogram, type Registry } from 'prom-client'

const secondsBuckets = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800, 3600]

/** All of them are about the whole database, whichever process tells of it. */
const aggregator = 'first'

type Common = { readonly aggregator: 'first'; registers: Registry[] }

/**
 * Makes the metrics of jobs.
 *
 * @returns brings them up to date
 */
export const createJobMetrics = (db: Database, registry: Registry): (() => Promise<void>) => {
  const common = { aggregator, registers: [registry] } satisfies Common
  const jobs = new Gauge({
    name: 'dsapi_jobs',
    help: 'Jobs that wait or run now, of the whole database.',
    labelNames: ['state'],
    ...common,
  })
  const oldest = new Gauge({
    name: 'dsapi_jobs_oldest_queued_seconds',
    help: 'For how long the longest waiting job has waited.',
    ...common,
  })
  const ended = new Counter({
    name: 'dsapi_jobs_ended_total',
    help: 'Jobs of the whole database that have ended since this process began, by kind and state.',
    labelNames: ['kind', 'state'],
    ...common,
  })
  const wait = new Histogram({
    name: 'dsapi_job_wait_seconds',
    help: 'From the making of a job to the beginning of its last attempt, of jobs that have ended.',
    labelNames: ['kind'],
    buckets: secondsBuckets,
    ...common,
  })
  const run = new Histogram({
    name: 'dsapi_job_run_seconds',
    help: 'From the beginning of a job’s last attempt to its end.',
    labelNames: ['kind', 'state'],
    buckets: secondsBuckets,
    ...common,
  })
  const note = ({ kind, state, waitSeconds, runSeconds }: EndedJob) => {
    ended.inc({ kind, state })
    if (waitSeconds !== undefined) wait.observe({ kind }, waitSeconds)
    if (runSeconds !== undefined) run.observe({ kind, state }, runSeconds)
  }
  const tellEnded = createEndedJobs(db, Date.now())

  return async () => {
    const now = Date.now()
    const { queued, running, oldestQueuedSeconds } = await countWaitingJobs(db, now)
    jobs.set({ state: 'queued' }, queued)
    jobs.set({ state: 'running' }, running)
    oldest.set(oldestQueuedSeconds ?? 0)
    await tellEnded(note, now)
  }
}
