export { createDispatcher } from './create-dispatcher.ts'
export type { Dispatcher, OnError } from './dispatcher.ts'
export { createEndedJobs, type EndedJob } from './ended-jobs.ts'
export {
  cancelJob,
  describeJob,
  getJob,
  type Job,
  type JobDescription,
  type JobId,
  type JobStatus,
  newJobId,
  parseJobId,
  retryJob,
  type Whose,
} from './job.ts'
export { JobError } from './job-error.ts'
export {
  countWaitingJobs,
  describeJobStats,
  getJobStats,
  type JobStats,
  type WaitingJobs,
} from './job-stats.ts'
export { type JobList, type ListJobsOptions, listJobs } from './list-jobs.ts'
export { moduleBeside } from './module-beside.ts'
export { pingRedis, RedisError, refuseMissingDatabase } from './ping-redis.ts'
export { QueueFullError, type QueuePlace } from './queue-room.ts'
export { type Handler, JobLostError, type Task } from './run-job.ts'
export { startWorker, type Worker, type WorkerOptions } from './start-worker.ts'
export {
  createJobQueue,
  createSubmit,
  type EarlierJob,
  type JobOrigin,
  type JobQueue,
  type NewJob,
  type Submit,
  type Submitted,
} from './submit-job.ts'
export { threadError } from './thread-error.ts'
export { createThreadPool, type ThreadAnswer, ThreadEnded, type ThreadPool } from './thread-pool.ts'
export { endStates } from './transitions.ts'
export { type JobWatch, watchJobs } from './watch-jobs.ts'
