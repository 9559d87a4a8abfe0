export { endStates } from '@dsapi/db'
export {
  MissingPieceError,
  type PieceWriter,
  readInputPieces,
  readOutputPieces,
  removeOutputPieces,
  submitWithInput,
  writeOutputPieces,
} from './batches/batch-pieces.ts'
export { createDispatcher } from './dispatch/create-dispatcher.ts'
export type { Dispatcher, OnError } from './dispatch/dispatcher.ts'
export { pingRedis, RedisError, refuseMissingDatabase } from './dispatch/ping-redis.ts'
export { createEndedJobs, type EndedJob } from './jobs/ended-jobs.ts'
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
} from './jobs/job.ts'
export { JobError } from './jobs/job-error.ts'
export {
  countWaitingJobs,
  describeJobStats,
  getJobStats,
  type JobStats,
  type WaitingJobs,
} from './jobs/job-stats.ts'
export { type JobList, type ListJobsOptions, listJobs } from './jobs/list-jobs.ts'
export { QueueFullError, type QueuePlace } from './jobs/queue-limit.ts'
export {
  createJobQueue,
  createSubmit,
  type EarlierJob,
  type JobOrigin,
  type JobQueue,
  type NewJob,
  type Submit,
  type Submitted,
} from './jobs/submit-job.ts'
export { type JobWatch, watchJobs } from './jobs/watch-jobs.ts'
export { moduleBeside } from './module-beside.ts'
export { threadError } from './thread-error.ts'
export { createThreadPool, type ThreadAnswer, ThreadEnded, type ThreadPool } from './thread-pool.ts'
export { type Handler, JobLostError, type Task } from './work/run-job.ts'
export { startWorker, type Worker, type WorkerOptions } from './work/start-worker.ts'
