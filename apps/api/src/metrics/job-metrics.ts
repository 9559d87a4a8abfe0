import type { Database } from '@dsapi/db'
import { countWaitingJobs, createEndedJobs, type EndedJob } from '@dsapi/queue'
import { Counter, Gauge, Histogram, type Registry } from 'prom-client'

const secondsBuckets = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800, 3600]

/** These metrics are about the whole database, so the report of one process is enough. */
const ofDatabase = 'first'

export type JobMetrics = {
  /**
   * Brings them up to date.
   *
   * @param endedFrom counts the jobs that have ended from then on; only one process does so at a time
   * @returns until when those jobs are counted, where this process counts them
   */
  readonly refresh: (endedFrom: number | undefined, now: number) => Promise<number | undefined>
}

/** Makes the metrics of jobs. */
export const createJobMetrics = (db: Database, registry: Registry): JobMetrics => {
  const registers = [registry]
  const jobs = new Gauge({
    name: 'dsapi_jobs',
    help: 'Jobs in the whole database that are queued or running.',
    labelNames: ['state'],
    aggregator: ofDatabase,
    registers,
  })
  const oldest = new Gauge({
    name: 'dsapi_jobs_oldest_queued_seconds',
    help: 'Seconds that the oldest queued job has waited.',
    aggregator: ofDatabase,
    registers,
  })
  const ended = new Counter({
    name: 'dsapi_jobs_ended_total',
    help: 'Jobs in the whole database that have ended since this server was started, by kind and state.',
    labelNames: ['kind', 'state'],
    registers,
  })
  const wait = new Histogram({
    name: 'dsapi_job_wait_seconds',
    help: 'Seconds from the creation of a job to the start of its last attempt, for jobs that have ended.',
    labelNames: ['kind'],
    buckets: secondsBuckets,
    registers,
  })
  const run = new Histogram({
    name: 'dsapi_job_run_seconds',
    help: 'Seconds from the start of the last attempt of a job to its end.',
    labelNames: ['kind', 'state'],
    buckets: secondsBuckets,
    registers,
  })
  const record = ({ kind, state, waitSeconds, runSeconds }: EndedJob) => {
    ended.inc({ kind, state })
    if (waitSeconds !== undefined) wait.observe({ kind }, waitSeconds)
    if (runSeconds !== undefined) run.observe({ kind, state }, runSeconds)
  }
  let readEnded: ReturnType<typeof createEndedJobs> | undefined

  return {
    refresh: async (endedFrom, now) => {
      const { queued, running, oldestQueuedSeconds } = await countWaitingJobs(db, now)
      jobs.set({ state: 'queued' }, queued)
      jobs.set({ state: 'running' }, running)
      oldest.set(oldestQueuedSeconds ?? 0)
      if (endedFrom !== undefined) readEnded ??= createEndedJobs(db, endedFrom)
      return readEnded?.(record, now)
    },
  }
}
